import { createRequire } from "node:module";
import { BackendError } from "@mxgraft/base";
import * as tf from "@tensorflow/tfjs";
import { beforeAll, expect, test } from "vitest";
import { checkOneCore } from "../../src/backends/check-one-core.ts";

const require = createRequire(import.meta.url);
/** A part of the union package, which is what everything here depends on. */
const CORE = "@tensorflow/tfjs-core";

beforeAll(async () => {
  await tf.setBackend("cpu");
});

test("one copy is right, and nothing is left behind", () => {
  const before = tf.memory().numTensors;
  checkOneCore(tf);
  expect(tf.memory().numTensors).toBe(before);
});

test("a second copy of tfjs-core is found out", () => {
  const path = require.resolve(CORE);
  const cached = require.cache[path];
  delete require.cache[path];
  try {
    const second: typeof tf = require(CORE);
    expect(second.Tensor).not.toBe(tf.Tensor);
    expect(() => checkOneCore(second)).toThrow(BackendError);
    expect(() => checkOneCore(second)).toThrow(/several copies .* "npm ls @tensorflow\/tfjs-core"/);
  } finally {
    require.cache[path] = cached;
  }
});
