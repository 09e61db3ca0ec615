import { loadNativeOperators, ResourceVariable, setBackend, tfjsNodeBackend } from "@mxgraft/tfjs";
import { beforeAll, describe, expect, test } from "vitest";
import { functionOf } from "./function-library.ts";
import { hasNativeOperators } from "./native-operators.ts";

// Another package declares the operator that adds functions; here its name is enough.
const library = (await hasNativeOperators()) && loadNativeOperators("function-library");
const there = library !== false && library.available;
if (library && !library.available) console.log(`skipped: native operators "function-library": ${library.reason}`);

const FLOAT = 1;
const INT32 = 3;
const RESOURCE = 20;

describe.skipIf(!there)("center loss inside of a TensorFlow function", () => {
  beforeAll(async () => {
    await setBackend("tensorflow");
    const { binding } = tfjsNodeBackend();
    const bytes = functionOf(
      "center_loss_in_function_test",
      "MxgraftCenterLossStep",
      [
        { name: "table", type: RESOURCE },
        { name: "features", type: FLOAT },
        { name: "labels", type: INT32 },
        { name: "alpha", type: FLOAT },
        { name: "scale", type: FLOAT },
      ],
      [
        { name: "loss", type: FLOAT },
        { name: "gradient", type: FLOAT },
      ],
      { T: FLOAT, Tlabel: INT32 },
    );
    const id = binding.createTensor([], binding.TF_STRING, [bytes]);
    binding.executeOp("MxgraftAddFunctions", [], [id], 0);
    binding.deleteTensor(id);
  });

  /** Calls the function; the table is an argument, the batch has any size. */
  function call(table: ResourceVariable, features: readonly number[], labels: readonly number[]) {
    const { binding } = tfjsNodeBackend();
    const float = (shape: number[], values: readonly number[]) =>
      binding.createTensor(shape, binding.TF_FLOAT, Float32Array.from(values));
    const ids = [
      float([labels.length, 2], features),
      binding.createTensor([labels.length], binding.TF_INT32, Int32Array.from(labels)),
      float([], [0.5]),
      float([], [1]),
    ];
    try {
      const outputs = binding.executeOp("center_loss_in_function_test", [], [table.handle, ...ids], 2);
      const values = outputs.map(({ id }) => [...binding.tensorDataSync(id)]);
      for (const { id } of outputs) binding.deleteTensor(id);
      return { shapes: outputs.map(({ shape }) => shape), values };
    } finally {
      for (const id of ids) binding.deleteTensor(id);
    }
  }

  test("moves the table it is given, for batches of any size", () => {
    const table = new ResourceVariable([3, 2]);
    // Centers are 0: loss (1 + 4 + 9 + 1) / (2 * 2); each class occurs once and moves by .5 / 2 of its row.
    const first = call(table, [1, 2, 3, 1], [2, 0]);
    expect(first).toEqual({ shapes: [[], [2, 2]], values: [[3.75], [0.5, 1, 1.5, 0.5]] });
    expect([...table.readRows(0, 3).data]).toEqual([0.75, 0.25, 0, 0, 0.25, 0.5]);
    const second = call(table, [4, 8], [1]);
    expect(second).toEqual({ shapes: [[], [1, 2]], values: [[40], [4, 8]] });
    expect([...table.readRows(0, 3).data]).toEqual([0.75, 0.25, 1, 2, 0.25, 0.5]);
    table.dispose();
  });

  test("ends the function with the row of a wrong label", () => {
    const table = new ResourceVariable([3, 2]);
    expect(() => call(table, [1, 2, 3, 1], [2, 3])).toThrow('argument "label" is 3 in row 1');
    expect([...table.readRows(0, 3).data]).toEqual([0, 0, 0, 0, 0, 0]);
    table.dispose();
  });
});
