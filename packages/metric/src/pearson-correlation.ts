import type { HostArray } from "@mxgraft/base";
import { checkLabelShapes } from "./check-label-shapes.ts";
import { EvalMetric, type MetricResult } from "./eval-metric.ts";
import { labelPairs } from "./label-pairs.ts";
import { type Average, averageOption, commonOptions, type MetricOptions, readOptions } from "./metric-options.ts";
import type { MetricState } from "./metric-state.ts";
import { valuesOf } from "./values-of.ts";

export interface PearsonCorrelationOptions extends MetricOptions {
  /** `macro` (the default) averages the coefficients of the updates, `micro` takes one over all elements. */
  readonly average?: Average;
}

/** Running moments of two variables (Welford); `co` is the sum of products of deviations. */
interface Moments {
  count: number;
  meanLabel: number;
  meanPred: number;
  squaresLabel: number;
  squaresPred: number;
  co: number;
}

function noMoments(): Moments {
  return { count: 0, meanLabel: 0, meanPred: 0, squaresLabel: 0, squaresPred: 0, co: 0 };
}

/** `values` joined to a mean and sum of squared deviations, all at once as MXNet does it. */
function joinMoments(values: ArrayLike<number>, count: number, mean: number, squares: number): [number, number] {
  let shift = 0;
  for (let i = 0; i < values.length; i++) shift += ((values[i] ?? 0) - mean) / count;
  const moved = mean + shift;
  for (let i = 0; i < values.length; i++) squares += ((values[i] ?? 0) - mean) * ((values[i] ?? 0) - moved);
  return [moved, squares];
}

function addMoments(moments: Moments, label: ArrayLike<number>, pred: ArrayLike<number>): void {
  moments.count += label.length;
  const [meanLabel, squaresLabel] = joinMoments(label, moments.count, moments.meanLabel, moments.squaresLabel);
  // MXNet takes deviations from the label's new mean and the prediction's old one.
  for (let i = 0; i < label.length; i++) {
    moments.co += ((label[i] ?? 0) - meanLabel) * ((pred[i] ?? 0) - moments.meanPred);
  }
  const [meanPred, squaresPred] = joinMoments(pred, moments.count, moments.meanPred, moments.squaresPred);
  Object.assign(moments, { meanLabel, squaresLabel, meanPred, squaresPred });
}

function coefficient({ co, squaresLabel, squaresPred }: Moments): number {
  return co / Math.sqrt(squaresLabel * squaresPred);
}

/**
 * Pearson's correlation of labels and predictions, all elements of arrays of the same shape, -1..1.
 *
 * With `average: "micro"` MXNet 1.9.1 keeps one running state only: `getGlobal` is 0 after the first update, and after
 * `resetLocal` the next value still covers everything since `reset`. So does this.
 *
 * @throws ShapeError  label and prediction differ in shape.
 */
export class PearsonCorrelation extends EvalMetric {
  readonly average: Average;
  #moments = noMoments();

  constructor(options: PearsonCorrelationOptions = {}) {
    const { average, ...common } = readOptions("PearsonCorrelation", options, {
      average: averageOption(),
      ...commonOptions("pearsonr"),
    });
    super(common.name, { ...common, hasGlobalStats: true, config: { average } });
    this.average = average;
  }

  update(labels: readonly HostArray[], preds: readonly HostArray[]): void {
    const subject = `Metric "${this.name}"`;
    for (const { label, pred } of labelPairs(labels, preds, subject)) {
      checkLabelShapes(label, pred, { shape: true, subject });
      const moments = this.average === "micro" ? this.#moments : noMoments();
      addMoments(moments, valuesOf(label), valuesOf(pred));
      this.addSums(this.average === "micro" ? 0 : Math.min(1, Math.max(-1, coefficient(moments))), 1);
    }
  }

  override get(): MetricResult {
    if (this.average === "macro" || this.numInst === 0) return super.get();
    return [this.name, coefficient(this.#moments)];
  }

  override reset(): void {
    super.reset();
    this.#moments = noMoments();
  }

  override state(): MetricState {
    const { count, meanLabel, meanPred, squaresLabel, squaresPred, co } = this.#moments;
    return { numbers: [...super.state().numbers, count, meanLabel, meanPred, squaresLabel, squaresPred, co] };
  }

  override restore(state: MetricState): void {
    const numbers = this.expectNumbers(state, 10);
    super.restore({ numbers: numbers.slice(0, 4) });
    const [count = 0, meanLabel = 0, meanPred = 0, squaresLabel = 0, squaresPred = 0, co = 0] = numbers.slice(4);
    this.#moments = { count, meanLabel, meanPred, squaresLabel, squaresPred, co };
  }
}
