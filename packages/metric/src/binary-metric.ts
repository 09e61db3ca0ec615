import type { HostArray } from "@mxgraft/base";
import { type BinaryCounts, countBinary, noCounts, totalOf } from "./binary-counts.ts";
import { EvalMetric } from "./eval-metric.ts";
import { labelPairs } from "./label-pairs.ts";
import { type Average, averageOption, commonOptions, type MetricOptions, readOptions } from "./metric-options.ts";
import type { MetricState } from "./metric-state.ts";

export interface BinaryMetricOptions extends MetricOptions {
  /** `macro` (the default) averages the scores of the updates, `micro` scores all their answers as one. */
  readonly average?: Average;
}

/** A score of the counts of right and wrong answers: what F1 and MCC share. */
export abstract class BinaryMetric extends EvalMetric {
  readonly average: Average;
  #local = noCounts();
  #global = noCounts();

  constructor(subject: string, defaultName: string, options: BinaryMetricOptions) {
    const { average, ...common } = readOptions(subject, options, {
      average: averageOption(),
      ...commonOptions(defaultName),
    });
    super(common.name, { ...common, hasGlobalStats: true, config: { average } });
    this.average = average;
  }

  protected abstract score(counts: BinaryCounts): number;

  update(labels: readonly HostArray[], preds: readonly HostArray[]): void {
    const batch = noCounts();
    const micro = this.average === "micro";
    const targets = micro ? [this.#local, this.#global] : [batch];
    for (const { label, pred } of labelPairs(labels, preds, `Metric "${this.name}"`)) {
      countBinary(targets, label, pred, `Metric "${this.name}"`);
    }
    if (!micro) {
      this.addSums(this.score(batch), 1);
      return;
    }
    this.numInst = totalOf(this.#local);
    this.sumMetric = this.score(this.#local) * this.numInst;
    this.globalNumInst = totalOf(this.#global);
    this.globalSumMetric = this.score(this.#global) * this.globalNumInst;
  }

  override reset(): void {
    super.reset();
    this.#global = noCounts();
  }

  override resetLocal(): void {
    super.resetLocal();
    this.#local = noCounts();
  }

  override state(): MetricState {
    return { numbers: [...super.state().numbers, ...numbersOf(this.#local), ...numbersOf(this.#global)] };
  }

  override restore(state: MetricState): void {
    const numbers = this.expectNumbers(state, 12);
    super.restore({ numbers: numbers.slice(0, 4) });
    this.#local = countsOf(numbers.slice(4, 8));
    this.#global = countsOf(numbers.slice(8));
  }
}

function numbersOf(counts: BinaryCounts): number[] {
  return [counts.truePositives, counts.falsePositives, counts.falseNegatives, counts.trueNegatives];
}

function countsOf([tp = 0, fp = 0, fn = 0, tn = 0]: readonly number[]): BinaryCounts {
  return { truePositives: tp, falsePositives: fp, falseNegatives: fn, trueNegatives: tn };
}
