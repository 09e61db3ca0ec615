import { Accuracy, CompositeEvalMetric, deferredSums, Loss, TopKAccuracy } from "@mxgraft/metric";
import { describe, expect, test } from "vitest";

const labels = [
  { name: "softmax_label", shape: [4] },
  { name: "other_label", shape: [4] },
];
const preds = [
  { name: "loss_output", shape: [1] },
  { name: "softmax_output", shape: [4, 3] },
];

describe("deferredSums", () => {
  test("numbers labels and outputs as they were given, whatever a child takes", () => {
    const accuracy = new Accuracy({ labelNames: ["other_label"], outputNames: ["softmax_output"] });
    const loss = new Loss({ outputNames: ["loss_output"] });
    const sums = deferredSums(new CompositeEvalMetric({ metrics: [accuracy, loss] }), labels, preds);
    expect(sums?.map(({ metric, count }) => [metric, count])).toEqual([
      [accuracy, 4],
      [loss, 1],
    ]);
    const texts = sums?.map(({ sum }) => JSON.stringify(sum)) ?? [];
    expect(texts[0]).toContain('{"label":1}');
    expect(texts[0]).toContain('{"pred":1}');
    expect(texts[1]).toBe('{"operator":"sum","inputs":[{"pred":0}]}');
  });

  const none = [
    { name: "a child has no expression", metric: () => new TopKAccuracy({ topK: 2 }) },
    { name: "a name is not there", metric: () => new Loss({ outputNames: ["nowhere"] }) },
  ];
  test.for(none)("gives none when $name", ({ metric }) => {
    const composite = new CompositeEvalMetric({ metrics: [new Loss(), metric()] });
    expect(deferredSums(composite, labels, preds)).toBeNull();
  });
});

describe("a metric whose sums come later", () => {
  function deferred() {
    const metric = new Accuracy();
    let outstanding = 0;
    metric.settleWith(() => {
      const steps = outstanding;
      outstanding = 0;
      if (steps > 0) metric.addSums(steps, 2 * steps);
    });
    return { metric, step: () => outstanding++ };
  }

  test("fetches them before it is looked at, and once", () => {
    const { metric, step } = deferred();
    step();
    expect(metric.get()).toEqual(["accuracy", 0.5]);
    expect([metric.sumMetric, metric.numInst]).toEqual([1, 2]);
  });

  test("fetches them before the local sums start anew, so that the global ones have them", () => {
    const { metric, step } = deferred();
    step();
    step();
    metric.resetLocal();
    step();
    expect([metric.numInst, metric.globalNumInst]).toEqual([2, 6]);
    metric.reset();
    expect([metric.numInst, metric.globalNumInst]).toEqual([0, 0]);
  });

  test("fetches them a last time when nobody defers any more", () => {
    const { metric, step } = deferred();
    step();
    metric.settleWith(undefined);
    step();
    expect(metric.numInst).toBe(2);
  });
});
