import { float32Array, hostArray, ShapeError, toFloat32 } from "@mxgraft/base";
import { createHostCell, createStateCell, createTensorCell, setBackend } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, test } from "vitest";

beforeAll(async () => {
  await setBackend("cpu");
});

describe("a tensor cell", () => {
  test("starts at zero, is replaced, and frees what it held", async () => {
    const before = tf.memory().numTensors;
    const cell = createTensorCell("fc1_weight", [2], "float32");
    expect([...toFloat32(await cell.toHost())]).toEqual([0, 0]);
    cell.set(float32Array([2], [1, 2]));
    cell.write(tf.tensor1d([3, 4]));
    expect([...toFloat32(await cell.toHost())]).toEqual([3, 4]);
    expect(tf.memory().numTensors).toBe(before + 1);
    cell.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  test("outlives the tidy() it is written in", () => {
    const cell = createTensorCell("x", [1], "float32");
    tf.tidy(() => cell.write(tf.tensor1d([7])));
    expect([...cell.read().dataSync()]).toEqual([7]);
    cell.dispose();
  });

  test("keeps its own type, whatever it is given", async () => {
    const cell = createTensorCell("x", [2], "float32");
    cell.set(hostArray("int32", [2], Int32Array.of(1, -2)));
    expect(cell.read().dtype).toBe("float32");
    expect([...toFloat32(await cell.toHost())]).toEqual([1, -2]);
    cell.dispose();
  });

  test("refuses another shape, naming the array", () => {
    const cell = createTensorCell("fc1_weight", [2, 3], "float32");
    expect(() => cell.set(float32Array([3, 2]))).toThrow(ShapeError);
    expect(() => cell.set(float32Array([3, 2]))).toThrow(
      'Array "fc1_weight" has shape (2, 3); an array of shape (3, 2) cannot be put there.',
    );
    cell.dispose();
  });
});

describe("a host cell", () => {
  test("is one array that is changed in place", async () => {
    const cell = createHostCell("center_bias", [2, 2], "float32");
    cell.array.setAt(1, 5);
    expect([...toFloat32(await cell.toHost())]).toEqual([0, 0, 5, 5]);
    const copy = await cell.toHost();
    cell.set(float32Array([2, 2], [1, 2, 3, 4]));
    expect([...toFloat32(copy)]).toEqual([0, 0, 5, 5]);
    expect(cell.array.at(1).sum().asscalar()).toBe(7);
  });
});

describe("createStateCell", () => {
  test("makes the cell that the kernel asked for", () => {
    const facts = { name: "s", shape: [1], dtype: "float32" } as const;
    const cells = [createStateCell({ ...facts, storage: "tensor" }), createStateCell({ ...facts, storage: "host" })];
    expect(cells.map(({ kind }) => kind)).toEqual(["tensor", "host"]);
    for (const cell of cells) cell.dispose();
  });

  test("a variable needs the tensorflow backend", () => {
    expect(() => createStateCell({ name: "s", shape: [1, 1], dtype: "float32", storage: "variable" })).toThrow(
      /tensorflow/,
    );
  });
});
