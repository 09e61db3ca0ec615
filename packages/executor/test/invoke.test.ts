import { float32Array, toFloat32, UsageError } from "@mxgraft/base";
import { invoke, zerosLike } from "@mxgraft/executor";
import { createHostCell, createTensorCell, setBackend } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { beforeAll, expect, test } from "vitest";
import { registerToyOperators } from "./toy-operators.ts";

beforeAll(async () => {
  await setBackend("cpu");
  registerToyOperators();
});

test("writes the output into out and new values into the arguments that are overwritten", async () => {
  const { numTensors } = tf.memory();
  const weight = createTensorCell("weight", [2], "float32");
  const grad = createTensorCell("grad", [2], "float32");
  const moment = zerosLike(weight, "moment");
  weight.set(float32Array([2], [1, 2]));
  grad.set(float32Array([2], [2, 4]));
  for (let i = 0; i < 2; i++) {
    invoke("toy_update", { inputs: [weight, grad, moment], attributes: { lr: 0.5 }, out: weight });
  }
  expect([...toFloat32(await weight.toHost())]).toEqual([-1, -2]);
  expect([...toFloat32(await moment.toHost())]).toEqual([4, 8]);
  for (const cell of [weight, grad, moment]) cell.dispose();
  expect(tf.memory().numTensors).toBe(numTensors);
});

test("refuses cells that are not kept in tensors", () => {
  const cell = createHostCell("table", [2], "float32");
  expect(() => invoke("toy_update", { inputs: [cell, cell, cell], attributes: { lr: 1 }, out: cell })).toThrow(
    UsageError,
  );
});
