import { type HostArray, UsageError } from "@mxgraft/base";
import { EvalMetric } from "./eval-metric.ts";
import { labelPairs } from "./label-pairs.ts";
import { booleanOption, commonOptions, type MetricOptions, readOptions } from "./metric-options.ts";

/** The value of one label and prediction, or a sum and how much it counts. */
export type MetricFunction = (label: HostArray, pred: HostArray) => number | readonly [sum: number, count: number];

export interface CustomMetricOptions extends MetricOptions {
  /** Whether there may be more outputs than labels, or the other way round; the rest is left out. Default false. */
  readonly allowExtraOutputs?: boolean;
}

/**
 * A metric from a function, called for each label and its prediction. A number counts as one; return `[sum, count]` to
 * say otherwise.
 *
 * The name is the function's; one without a name is `custom(<lambda>)`, as in Python.
 *
 * @throws ShapeError  the numbers of labels and outputs differ and `allowExtraOutputs` is false.
 */
export class CustomMetric extends EvalMetric {
  readonly allowExtraOutputs: boolean;
  readonly #measure: MetricFunction;

  constructor(measure: MetricFunction, options: CustomMetricOptions = {}) {
    const { allowExtraOutputs, ...common } = readOptions("CustomMetric", options, {
      allowExtraOutputs: booleanOption(false),
      ...commonOptions(measure.name || "custom(<lambda>)"),
    });
    super(common.name, { ...common, hasGlobalStats: true });
    this.allowExtraOutputs = allowExtraOutputs;
    this.#measure = measure;
  }

  update(labels: readonly HostArray[], preds: readonly HostArray[]): void {
    const count = Math.min(labels.length, preds.length);
    const pairs = this.allowExtraOutputs
      ? labelPairs(labels.slice(0, count), preds.slice(0, count), this.name)
      : labelPairs(labels, preds, `Metric "${this.name}"`);
    for (const { label, pred } of pairs) {
      const value = this.#measure(label, pred);
      if (typeof value === "number") this.addSums(value, 1);
      else this.addSums(value[0], value[1]);
    }
  }

  /** @throws UsageError  always: a function is no data. */
  override getConfig(): never {
    throw new UsageError(`Metric "${this.name}" is made of a function and has no configuration to write down.`, {
      argument: this.name,
    });
  }
}
