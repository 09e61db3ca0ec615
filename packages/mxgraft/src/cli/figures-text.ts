import type { FeatureFigures } from "../digits/feature-figures.ts";

/** The three figures of a run, as its last lines. */
export function figuresText({ accuracy, nearestCenterAccuracy, separation, ...figures }: FeatureFigures): string {
  return [
    `test accuracy ${accuracy.toFixed(4)}`,
    `nearest-center accuracy ${nearestCenterAccuracy.toFixed(4)}`,
    `separation ${separation.toFixed(2)} (smallest distance of two class means ${figures.smallestDistance.toFixed(2)}, largest mean distance to the own mean ${figures.largestSpread.toFixed(2)})`,
  ].join("\n");
}

/** The same for programs. */
export function figuresJson({ accuracy, ...figures }: FeatureFigures): object {
  return { testAccuracy: accuracy, ...figures };
}
