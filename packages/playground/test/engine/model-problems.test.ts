import type { ModelReport } from "mxgraft";
import { expect, test } from "vitest";
import { modelProblems } from "../../src/engine/model/model-problems.ts";

const REPORT: ModelReport = {
  backend: "cpu",
  layers: [],
  parameters: 0,
  multiplyAdds: 0,
  operators: [],
  inputs: [],
  outputs: [],
  customOperators: [],
  unsupported: [],
};

test("a model without problems has none", () => {
  expect(modelProblems(REPORT)).toEqual([]);
});

test("what is missing is told once, with the nodes that need it", () => {
  const problems = modelProblems({
    ...REPORT,
    unsupported: [
      { node: "a", operator: "Odd", gap: "operator" },
      { node: "b", operator: "Odd", gap: "operator" },
      { node: "c", operator: "Custom", opType: "mine", gap: "op_type" },
      { node: "d", operator: "Native", gap: "kernel", kernels: ["tensorflow", "wasm"] },
    ],
    parameterCheck: {
      missing: [{ name: "w", shape: [2, 3] }],
      extra: [],
      wrongShape: [{ name: "v", shape: [4], expected: [5] }],
    },
  });
  expect(problems).toEqual([
    "Operator “Odd” is not known to mxgraft: it is used by “a”, “b”.",
    "Custom operator “mine” is code of the model's author, which the files do not hold: it is used by “c”.",
    "Operator “Native” cannot run on this backend (but on wasm): it is used by “d”.",
    "The parameters lack “w”, which the graph needs.",
    "Parameter “v” has shape (4,); the input's shape asks for (5,).",
  ]);
});
