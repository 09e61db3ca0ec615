import type { DigitFeatures } from "./feature-reader.ts";

/** How well features tell classes apart. */
export interface FeatureFigures {
  /** Share of the digits whose class has the largest score; NaN without scores. */
  readonly accuracy: number;
  /** Share of the digits that lie nearest to the center of their own class. */
  readonly nearestCenterAccuracy: number;
  /** `smallestDistance / largestSpread`: 2 or more means that classes stand clearly apart. */
  readonly separation: number;
  /** Smallest distance between the means of two classes, in feature units. */
  readonly smallestDistance: number;
  /** Of each class the mean distance to its own mean; the largest of them. */
  readonly largestSpread: number;
  /** 1/(2N) * sum of the squared distances to the own center. */
  readonly centerLoss: number;
}

/** Row `row` of `(N, width)` against row `other` of `(M, width)`: the squared distance. */
function squaredDistance(a: ArrayLike<number>, row: number, b: ArrayLike<number>, other: number, width: number) {
  let sum = 0;
  for (let i = 0; i < width; i++) sum += ((a[row * width + i] ?? 0) - (b[other * width + i] ?? 0)) ** 2;
  return sum;
}

/** Means of the classes, `(classes, width)`, and how many rows each has. */
function classMeans({ features, labels, dimensions: width }: DigitFeatures, classes: number) {
  const means = new Float64Array(classes * width);
  const counts = new Float64Array(classes);
  for (const [row, label] of labels.entries()) {
    counts[label] = (counts[label] ?? 0) + 1;
    for (let i = 0; i < width; i++) {
      means[label * width + i] = (means[label * width + i] ?? 0) + (features[row * width + i] ?? 0);
    }
  }
  for (let at = 0; at < means.length; at++) {
    means[at] = (means[at] ?? 0) / (counts[Math.floor(at / width)] ?? 1);
  }
  return { means, counts };
}

/**
 * The figures of features against class centers. Classes that no digit belongs to are left out of the separation, which
 * is NaN when fewer than two are left.
 *
 * @param centers  `(C, D)`, the table of the center loss.
 */
export function featureFigures(read: DigitFeatures, centers: Float32Array): FeatureFigures {
  const { features, labels, predicted, dimensions: width } = read;
  const classes = centers.length / width;
  const { means, counts } = classMeans(read, classes);
  const spreads = new Float64Array(classes);
  let right = 0;
  let nearest = 0;
  let loss = 0;
  for (const [row, label] of labels.entries()) {
    if (predicted?.[row] === label) right++;
    const own = squaredDistance(features, row, centers, label, width);
    loss += own;
    let isNearest = true;
    for (let other = 0; other < classes && isNearest; other++) {
      if (other !== label && squaredDistance(features, row, centers, other, width) <= own) isNearest = false;
    }
    if (isNearest) nearest++;
    spreads[label] = (spreads[label] ?? 0) + Math.sqrt(squaredDistance(features, row, means, label, width));
  }
  const present = [...counts.keys()].filter((label) => (counts[label] ?? 0) > 0);
  const distances = present.flatMap((a, i) =>
    present.slice(i + 1).map((b) => Math.sqrt(squaredDistance(means, a, means, b, width))),
  );
  const smallestDistance = distances.length === 0 ? Number.NaN : Math.min(...distances);
  const largestSpread = Math.max(...present.map((label) => (spreads[label] ?? 0) / (counts[label] ?? 1)));
  return {
    accuracy: predicted === undefined ? Number.NaN : right / labels.length,
    nearestCenterAccuracy: nearest / labels.length,
    separation: smallestDistance / largestSpread,
    smallestDistance,
    largestSpread,
    centerLoss: loss / (2 * labels.length),
  };
}
