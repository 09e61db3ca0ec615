import {
  AttributeError,
  equalShapes,
  formatShape,
  type HostArray,
  normalizeAxis,
  ShapeError,
  stridesOf,
} from "@mxgraft/base";
import { EvalMetric, type MetricResult } from "./eval-metric.ts";
import { labelPairs } from "./label-pairs.ts";
import { commonOptions, integerOption, type MetricOptions, numberOrNullOption, readOptions } from "./metric-options.ts";
import { classesOf, valuesOf } from "./values-of.ts";

/** MXNet's floor of a probability. */
const SMALLEST = 1e-10;

export interface PerplexityOptions extends MetricOptions {
  /** A label that does not count (padding); `null` for none. Must be given, as in MXNet. */
  readonly ignoreLabel: number | null;
  /** The axis of the classes; default -1. */
  readonly axis?: number;
}

/**
 * How unsure a model is: exp of the mean of -log(probability of the label); probabilities below 1e-10 count as 1e-10.
 *
 * Shapes (N batch, K classes): label N elements of any shape, class indices, clipped to 0..K-1; pred (N, K).
 *
 * @throws AttributeError  `ignoreLabel` is missing.
 * @throws ShapeError      label and prediction do not fit together.
 */
export class Perplexity extends EvalMetric {
  readonly ignoreLabel: number | null;
  readonly axis: number;

  constructor(options: PerplexityOptions) {
    if (options?.ignoreLabel === undefined) {
      throw new AttributeError(
        `Perplexity: option "ignoreLabel" is missing, expected a label that does not count, or null.`,
        { argument: "ignoreLabel", expected: "a number or null" },
      );
    }
    const { ignoreLabel, axis, ...common } = readOptions("Perplexity", options, {
      ignoreLabel: numberOrNullOption(),
      axis: integerOption(-1),
      ...commonOptions("perplexity"),
    });
    super(common.name, { ...common, hasGlobalStats: true, config: { ignoreLabel, axis } });
    this.ignoreLabel = ignoreLabel;
    this.axis = axis;
  }

  update(labels: readonly HostArray[], preds: readonly HostArray[]): void {
    const subject = `Metric "${this.name}"`;
    let loss = 0;
    let count = 0;
    for (const { label, pred } of labelPairs(labels, preds, subject)) {
      const axis = normalizeAxis(this.axis, pred.shape.length, subject);
      const rows = label.data.length;
      const others = pred.shape.filter((_, i) => i !== axis);
      if (!equalShapes(others, [rows])) {
        throw new ShapeError(
          `${subject}: label ${formatShape(label.shape)} does not fit prediction ${formatShape(pred.shape)}; expected ${rows} rows of scores.`,
          { actual: pred.shape, expected: [rows] },
        );
      }
      const strides = stridesOf(pred.shape);
      const classes = pred.shape[axis] ?? 1;
      const [rowStep = 1] = strides.filter((_, i) => i !== axis);
      const values = valuesOf(pred);
      const given = valuesOf(label);
      for (const [row, wanted] of classesOf(label).entries()) {
        if (given[row] === this.ignoreLabel) continue;
        const index = Math.min(Math.max(wanted, 0), classes - 1);
        const probability = values[row * rowStep + index * (strides[axis] ?? 1)] ?? 0;
        loss -= Math.log(Math.max(SMALLEST, probability));
        count++;
      }
    }
    this.addSums(loss, count);
  }

  override get(): MetricResult {
    return [this.name, this.numInst === 0 ? Number.NaN : Math.exp(this.sumMetric / this.numInst)];
  }

  override getGlobal(): MetricResult {
    return [this.name, this.globalNumInst === 0 ? Number.NaN : Math.exp(this.globalSumMetric / this.globalNumInst)];
  }
}
