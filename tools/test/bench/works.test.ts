import { expect, test } from "vitest";
import { cases } from "../../bench/cases/cases.ts";
import { runCase } from "../../bench/run/run-case.ts";

// The real workers that need no set-up: both sides have to compute the same before they are timed at all.
const works = ["center-10", "lenet-1"];

test.for(works)("%s: mxgraft and plain TensorFlow.js agree", { timeout: 180_000 }, async (name) => {
  const benchCase = cases.find((one) => one.name === name);
  expect(benchCase).toBeDefined();
  if (benchCase === undefined) return;
  const effort = { rounds: 1, turn: 1 };
  const { results, omitted } = await runCase(benchCase, { effort, withPeers: false, backend: "wasm" });
  expect(omitted).toEqual([]);
  expect(results.map(({ peer }) => peer)).toEqual(["plain TensorFlow.js"]);
  expect(results[0]?.ours.median).toBeGreaterThan(0);
});
