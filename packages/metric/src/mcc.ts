import type { BinaryCounts } from "./binary-counts.ts";
import { BinaryMetric, type BinaryMetricOptions } from "./binary-metric.ts";

/**
 * Matthews correlation coefficient of a two-class problem, -1..1:
 *
 *   (TP * TN - FP * FN) / sqrt((TP + FP) (TP + FN) (TN + FP) (TN + FN)), factors of 0 left out
 *
 * Shapes (N batch): label (N) class indices; pred (N, 2) scores.
 *
 * @throws ValueError  the labels of one update hold more than two classes.
 */
export class MCC extends BinaryMetric {
  constructor(options: BinaryMetricOptions = {}) {
    super("MCC", "mcc", options);
  }

  protected score({ truePositives, falsePositives, falseNegatives, trueNegatives }: BinaryCounts): number {
    const factors = [
      truePositives + falsePositives,
      truePositives + falseNegatives,
      trueNegatives + falsePositives,
      trueNegatives + falseNegatives,
    ];
    const product = factors.filter((factor) => factor !== 0).reduce((a, b) => a * b, 1);
    return (truePositives * trueNegatives - falsePositives * falseNegatives) / Math.sqrt(product);
  }
}
