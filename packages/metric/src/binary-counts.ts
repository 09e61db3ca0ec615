import { type HostArray, ValueError } from "@mxgraft/base";
import { argmax } from "./argmax.ts";
import { checkLabelShapes } from "./check-label-shapes.ts";
import { requireSameSize } from "./same-size.ts";
import { classesOf } from "./values-of.ts";

/** Right and wrong answers of a two-class problem; class 1 is the positive one. */
export interface BinaryCounts {
  truePositives: number;
  falsePositives: number;
  falseNegatives: number;
  trueNegatives: number;
}

export function noCounts(): BinaryCounts {
  return { truePositives: 0, falsePositives: 0, falseNegatives: 0, trueNegatives: 0 };
}

export function totalOf(counts: BinaryCounts): number {
  return counts.truePositives + counts.falsePositives + counts.falseNegatives + counts.trueNegatives;
}

/**
 * Adds one batch.
 *
 * @param label  (N) class indices.
 * @param pred   (N, K) scores.
 * @throws ValueError  the labels hold more than two classes.
 * @throws ShapeError  label and prediction do not fit together.
 */
export function countBinary(counts: readonly BinaryCounts[], label: HostArray, pred: HostArray, subject: string): void {
  const predicted = argmax(pred, 1, subject);
  checkLabelShapes(label, pred, { subject });
  requireSameSize(subject, label, pred, predicted.length);
  const wanted = classesOf(label);
  const classes = new Set(wanted);
  if (classes.size > 2) {
    throw new ValueError(
      `${subject}: the labels hold ${classes.size} classes, expected two: it is for binary classification only.`,
      { actual: classes.size, expected: 2 },
    );
  }
  for (const [i, answer] of predicted.entries()) {
    const positive = answer === 1;
    const right = positive === (wanted[i] === 1);
    const key = positive ? (right ? "truePositives" : "falsePositives") : right ? "trueNegatives" : "falseNegatives";
    for (const count of counts) count[key]++;
  }
}
