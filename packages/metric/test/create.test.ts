import { AttributeError, float32Array, RegistryError, UsageError } from "@mxgraft/base";
import { expect, test } from "vitest";
import {
  Accuracy,
  CompositeEvalMetric,
  create,
  EvalMetric,
  listMetrics,
  Perplexity,
  registerMetric,
  TopKAccuracy,
} from "../src/index.ts";

class Batches extends EvalMetric {
  constructor(options: { readonly name?: string } = {}) {
    super("batches", options);
  }

  update(): void {
    this.sumMetric += 1;
    this.numInst = 1;
  }
}

test.for([
  { text: '["top_k_accuracy", {"top_k": 3}]', name: "top_k_accuracy_3" },
  { text: '{"metric": "ce", "eps": 0.5, "name": "mine"}', name: "mine" },
])("reads MXNet's text form $text", ({ text, name }) => {
  expect(create(text).name).toBe(name);
});

test.for([
  { call: () => create("acuracy"), error: RegistryError, says: 'Did you mean "accuracy"?' },
  { call: () => create("cross_entropy"), error: RegistryError, says: 'Did you mean "crossentropy"?' },
  {
    call: () => create("acc", { axsi: 1 }),
    error: AttributeError,
    says: 'Accuracy has no option "axsi". Did you mean "axis"?',
  },
  {
    call: () => create("acc", { axis: 1.5 }),
    error: AttributeError,
    says: 'option "axis" is 1.5, expected an integer',
  },
  { call: () => create("f1", { average: "mean" }), error: AttributeError, says: 'expected "macro" or "micro"' },
  {
    call: () => create("acc", { labelNames: "label" }),
    error: AttributeError,
    says: "expected a list of names or null",
  },
  { call: () => create("perplexity"), error: AttributeError, says: 'option "ignoreLabel" is missing' },
  { call: () => create("top_k_acc"), error: AttributeError, says: "use Accuracy for 1" },
  { call: () => create(new Accuracy(), { axis: 1 }), error: AttributeError, says: "takes no options; given were axis" },
  { call: () => create("[1"), error: UsageError, says: "is not JSON" },
  { call: () => create('["acc", 1]'), error: UsageError, says: "names no metric" },
  {
    call: () => registerMetric("acc", () => new Accuracy()),
    error: RegistryError,
    says: 'Metric "acc" is registered already',
  },
  { call: () => create(() => 0).getConfig(), error: UsageError, says: "made of a function" },
])("refuses with: $says", ({ call, error, says }) => {
  expect(call).toThrow(error);
  expect(call).toThrow(says);
});

test("knows metrics that are registered, in any case, and replaces them on request only", () => {
  registerMetric("Batches", (options) => new Batches(options), { aliases: ["n_batches"] });
  expect(create("BATCHES")).toBeInstanceOf(Batches);
  expect(listMetrics()).toContain("n_batches");
  registerMetric("Batches", () => new Batches({ name: "other" }), { replace: true });
  expect(create("batches").name).toBe("other");
});

test.for([
  { name: "Accuracy", made: new Accuracy({ axis: 0, name: "first", outputNames: ["out"] }) },
  { name: "TopKAccuracy", made: new TopKAccuracy({ topK: 3 }) },
  { name: "Perplexity", made: new Perplexity({ ignoreLabel: null, axis: 1 }) },
  { name: "CompositeEvalMetric", made: new CompositeEvalMetric({ metrics: ["mse", "f1"], labelNames: ["a"] }) },
])("makes the same $name again from its configuration", ({ made }) => {
  const config = made.getConfig();
  const again = create({ ...config, metric: made.constructor.name });
  expect(again.getConfig()).toEqual(config);
  expect(again.name).toBe(made.name);
});

test("a metric that changes its sums itself has no global ones", () => {
  const made = new Batches();
  made.update();
  made.resetLocal();
  made.update();
  expect(made.getGlobalNameValue()).toEqual([["batches", 1]]);
  expect(`${made}`).toBe("EvalMetric: {batches: 1}");
});

test("a composite hands on only the arrays it is named", () => {
  const composite = new CompositeEvalMetric({ metrics: ["mse"], labelNames: ["y"], outputNames: ["z"] });
  const one = float32Array([1], [1]);
  composite.updateDict({ x: float32Array([1], [9]), y: one }, { z: float32Array([1], [3]), w: one });
  expect(composite.getNameValue()).toEqual([["mse", 4]]);
});
