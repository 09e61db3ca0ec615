import type { BinaryCounts } from "./binary-counts.ts";
import { BinaryMetric, type BinaryMetricOptions } from "./binary-metric.ts";

/**
 * F1 score of a two-class problem, class 1 being the positive one: 2 * precision * recall / (precision + recall), and 0
 * where nothing positive was found.
 *
 * Shapes (N batch): label (N) class indices; pred (N, 2) scores.
 *
 * @throws ValueError  the labels of one update hold more than two classes.
 */
export class F1 extends BinaryMetric {
  constructor(options: BinaryMetricOptions = {}) {
    super("F1", "f1", options);
  }

  protected score({ truePositives, falsePositives, falseNegatives }: BinaryCounts): number {
    const precision = share(truePositives, falsePositives);
    const recall = share(truePositives, falseNegatives);
    return precision + recall > 0 ? (2 * precision * recall) / (precision + recall) : 0;
  }
}

function share(right: number, wrong: number): number {
  return right + wrong > 0 ? right / (right + wrong) : 0;
}
