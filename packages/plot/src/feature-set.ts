import { ShapeError, ValueError } from "@mxgraft/base";

/** Embeddings with their classes: what one panel shows. */
export interface FeatureSet {
  /** (N, D) row-major; D is `dimensions`. Rows with NaN or infinity are left out of the picture. */
  readonly features: Float32Array;
  /** (N) class indices, integers from 0. */
  readonly labels: ArrayLike<number>;
  /** D; default 2. More than 2 are projected on two principal components. */
  readonly dimensions?: number;
}

/** What a model makes of the data at one moment of training. */
export interface Snapshot {
  readonly epoch: number;
  readonly train: FeatureSet;
  readonly test?: FeatureSet;
  /** (C, D) class centers. */
  readonly centers?: Float32Array;
  /** Values by name, such as "test accuracy": one curve each. */
  readonly metrics?: Readonly<Record<string, number>>;
}

export function dimensionsOf(set: FeatureSet): number {
  return set.dimensions ?? 2;
}

/**
 * @param subject  which set it is, for messages: `epoch 3, "train"`.
 * @throws ShapeError  features and labels do not belong together.
 * @throws ValueError  a label is no class index.
 */
export function checkFeatureSet(set: FeatureSet, subject: string): void {
  const dimensions = dimensionsOf(set);
  if (!Number.isInteger(dimensions) || dimensions < 2) {
    throw new ShapeError(`Features of ${subject} have ${dimensions} dimensions, expected an integer of 2 or more.`, {
      argument: "dimensions",
      actual: dimensions,
    });
  }
  if (set.features.length !== set.labels.length * dimensions) {
    throw new ShapeError(
      `Features of ${subject} are ${set.features.length} numbers for ${set.labels.length} labels, expected ${set.labels.length * dimensions}: ${dimensions} for each.`,
      { argument: "features", actual: set.features.length, expected: set.labels.length * dimensions },
    );
  }
  for (let row = 0; row < set.labels.length; row++) {
    const label = set.labels[row] ?? -1;
    if (Number.isInteger(label) && label >= 0) continue;
    throw new ValueError(`Label ${label} in row ${row} of ${subject} is no class index, expected an integer from 0.`, {
      argument: "labels",
      row,
      actual: label,
    });
  }
}

/**
 * @throws ShapeError  the centers are not rows of as many dimensions as the features.
 */
export function checkCenters(centers: Float32Array | undefined, dimensions: number, subject: string): void {
  if (centers === undefined || centers.length % dimensions === 0) return;
  throw new ShapeError(
    `Centers of ${subject} are ${centers.length} numbers, expected rows of ${dimensions} as the features have.`,
    { argument: "centers", actual: centers.length, expected: dimensions },
  );
}
