import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { EvalMetric } from "../src/index.ts";
import { arraysOf, makeMetric, type PackedCase, replay } from "./replay-metric.ts";

const cases: PackedCase[] = JSON.parse(readFileSync(new URL("./cases/metrics.json", import.meta.url), "utf8"));

test.for(cases)("$name gives what MXNet 1.9.1 gave", (golden) => {
  expect(replay(golden)).toEqual([]);
});

const withUpdates = cases.filter(
  ({ actions, error }) => error === undefined && actions !== undefined && actions.every((action) => !action.error),
);

describe("state", () => {
  test.for(withUpdates)("$name goes on from a state written at any moment", (golden) => {
    const results = (made: EvalMetric) => [made.get(), made.getGlobal()];
    const actions = golden.actions ?? [];
    const act = (made: EvalMetric, i: number) => {
      const { action, labels = 0, preds = 0 } = actions[i] ?? { action: "" };
      if (action === "update")
        made.update(arraysOf(golden, i - 1, "label", labels), arraysOf(golden, i - 1, "pred", preds));
      if (action === "reset") made.reset();
      if (action === "reset_local") made.resetLocal();
    };
    for (let pause = 0; pause < actions.length; pause++) {
      const whole = makeMetric(golden);
      for (let i = 0; i <= pause; i++) act(whole, i);
      const resumed = makeMetric(golden);
      resumed.restore(whole.state());
      expect(results(resumed)).toEqual(results(whole));
      for (let i = pause + 1; i < actions.length; i++) {
        act(whole, i);
        act(resumed, i);
        expect(results(resumed)).toEqual(results(whole));
      }
    }
  });
});
