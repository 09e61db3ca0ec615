import type { HostArray } from "@mxgraft/base";
import { EvalMetric } from "./eval-metric.ts";
import { labelPairs } from "./label-pairs.ts";
import { meanDifference } from "./mean-difference.ts";
import { commonOptions, type MetricOptions, readOptions } from "./metric-options.ts";

/**
 * Root of the mean squared error: the mean over updates of sqrt(mean (label - pred)^2).
 * A 1-D label or prediction counts as a column; label (N) and prediction (N, 3) broadcast as in NumPy.
 *
 * @throws ShapeError  the shapes do not broadcast.
 */
export class RMSE extends EvalMetric {
  constructor(options: MetricOptions = {}) {
    const common = readOptions("RMSE", options, commonOptions("rmse"));
    super(common.name, { ...common, hasGlobalStats: true });
  }

  update(labels: readonly HostArray[], preds: readonly HostArray[]): void {
    const subject = `Metric "${this.name}"`;
    for (const { label, pred } of labelPairs(labels, preds, subject)) {
      this.addSums(Math.sqrt(meanDifference(label, pred, (x) => x * x, subject)), 1);
    }
  }
}
