import { expect, test } from "vitest";
import { isRunnable, takesImages } from "../../src/model/model-abilities.ts";
import type { ModelInput, ModelView } from "../../src/protocol/model-messages.ts";

function view(inputs: readonly ModelInput[], rest: Partial<ModelView> = {}): ModelView {
  return {
    symbolName: "a-symbol.json",
    paramsName: "a-0001.params",
    layers: [],
    parameters: 0,
    multiplyAdds: 0,
    inputs,
    problems: [],
    remarks: [],
    picture: "",
    ...rest,
  };
}

const image: ModelInput = { name: "data", role: "input", shape: [1, 3, 32, 32] };

test.for([
  { name: "an image", model: view([image]), runs: true, draws: true },
  { name: "a vector", model: view([{ name: "data", role: "input", shape: [1, 5] }]), runs: true, draws: false },
  { name: "an unknown shape", model: view([{ name: "data", role: "input", shape: null }]), runs: false, draws: false },
  { name: "an unknown size", model: view([{ ...image, shape: [0, 3, 32, 32] }]), runs: false, draws: false },
  {
    name: "a label of unknown shape",
    model: view([image, { ...image, role: "label", shape: null }]),
    runs: true,
    draws: true,
  },
  { name: "a label like an image", model: view([{ ...image, role: "label" }]), runs: true, draws: false },
  { name: "a problem", model: view([image], { problems: ["No."] }), runs: false, draws: true },
])("a model with $name", ({ model, runs, draws }) => {
  expect([isRunnable(model), takesImages(model)]).toEqual([runs, draws]);
});

test("a graph without parameters does not run", () => {
  const { paramsName: _, ...graph } = view([image]);
  expect(isRunnable(graph)).toBe(false);
});
