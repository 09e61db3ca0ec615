import { AttributeError, formatShape, type HostArray, ShapeError } from "@mxgraft/base";
import { countEqual } from "./accuracy.ts";
import { checkLabelShapes } from "./check-label-shapes.ts";
import { EvalMetric } from "./eval-metric.ts";
import { labelPairs } from "./label-pairs.ts";
import { commonOptions, integerOption, type MetricOptions, readOptions } from "./metric-options.ts";
import { argPartition } from "./partition.ts";
import { requireSameSize } from "./same-size.ts";
import { classesOf, valuesOf } from "./values-of.ts";

export interface TopKAccuracyOptions extends MetricOptions {
  /** How many of the highest scores may hold the label; at least 2. */
  readonly topK?: number;
}

/**
 * Share of the rows whose label is among the `topK` highest scores. Its name ends with the number: `top_k_accuracy_5`.
 *
 * Shapes (N batch, K classes): label (N) class indices; pred (N, K) scores.
 * A 1-D prediction is taken as MXNet 1.9.1 does: the indices that partition it are compared with the labels, and the
 * global sum does not count them.
 *
 * @throws AttributeError  `topK` is below 2.
 * @throws ShapeError      more than 2 axes, other numbers of rows, or fewer than `topK` classes.
 */
export class TopKAccuracy extends EvalMetric {
  readonly topK: number;
  readonly #givenName: string;

  constructor(options: TopKAccuracyOptions = {}) {
    const { topK, name, ...common } = readOptions("TopKAccuracy", options, {
      topK: integerOption(1),
      ...commonOptions("top_k_accuracy"),
    });
    if (topK < 2) {
      throw new AttributeError(
        `TopKAccuracy: option "topK" is ${topK}, expected an integer of 2 or more; use Accuracy for 1.`,
        { argument: "topK", actual: topK },
      );
    }
    super(`${name}_${topK}`, { ...common, hasGlobalStats: true, config: { topK } });
    this.topK = topK;
    this.#givenName = name;
  }

  override getConfig(): Readonly<Record<string, unknown>> {
    return { ...super.getConfig(), name: this.#givenName };
  }

  update(labels: readonly HostArray[], preds: readonly HostArray[]): void {
    const subject = `Metric "${this.name}"`;
    for (const { label, pred } of labelPairs(labels, preds, subject)) {
      const classes = pred.shape.at(-1) ?? 0;
      if (pred.shape.length === 0 || pred.shape.length > 2 || classes < this.topK) {
        throw new ShapeError(
          `${subject}: prediction has shape ${formatShape(pred.shape)}, expected (N, K) with at least ${this.topK} classes.`,
          { actual: pred.shape, expected: [label.shape[0] ?? 0, this.topK] },
        );
      }
      checkLabelShapes(label, pred, { subject });
      const rows = pred.shape[0] ?? 0;
      requireSameSize(subject, label, pred, rows);
      const wanted = classesOf(label);
      const scores = Float32Array.from(valuesOf(pred));
      if (pred.shape.length === 1) {
        this.sumMetric += countEqual(argPartition(scores, classes - this.topK), wanted);
        this.numInst += rows;
        this.globalNumInst += rows;
        continue;
      }
      let correct = 0;
      for (let row = 0; row < rows; row++) {
        const order = argPartition(scores.subarray(row * classes, (row + 1) * classes), classes - this.topK);
        if (order.subarray(classes - this.topK).includes(wanted[row] ?? -1)) correct++;
      }
      this.addSums(correct, rows);
    }
  }
}
