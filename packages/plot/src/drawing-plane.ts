import { ShapeError } from "@mxgraft/base";
import { checkCenters, checkFeatureSet, dimensionsOf, type FeatureSet, type Snapshot } from "./feature-set.ts";
import { type Plane, principalComponents, projectOnPlane } from "./principal-components.ts";

/** One set of points as it is drawn. */
export interface PlaneSet {
  /** (N, 2) */
  readonly points: Float32Array;
  readonly labels: ArrayLike<number>;
}

/** A snapshot whose features have been brought to two dimensions. */
export interface PlaneSnapshot {
  readonly epoch: number;
  readonly train: PlaneSet;
  readonly test?: PlaneSet;
  /** (C, 2) */
  readonly centers?: Float32Array;
  readonly metrics: Readonly<Record<string, number>>;
}

/** More badges than this would hide the points they belong to. */
const MOST_CENTERS = 60;

export interface PlaneSnapshots {
  readonly snapshots: readonly PlaneSnapshot[];
  /** What was done to features of more than two dimensions, and what was left out, for the reader. */
  readonly note: string;
  /** One more than the largest label, or the number of centers. */
  readonly classes: number;
}

/**
 * Checks snapshots and brings their features to two dimensions. More than two are projected on the first two principal
 * components of the last snapshot's training features, the same plane for all snapshots, so that they compare.
 *
 * @throws ShapeError  there is no snapshot, or arrays do not belong together.
 * @throws ValueError  a label is no class index.
 */
export function toPlane(snapshots: readonly Snapshot[]): PlaneSnapshots {
  const last = snapshots.at(-1);
  if (last === undefined) throw new ShapeError("There is nothing to draw: expected at least one snapshot.");
  const dimensions = dimensionsOf(last.train);
  let classes = 0;
  for (const { epoch, train, test, centers } of snapshots) {
    for (const [name, set] of Object.entries({ train, test })) {
      if (set === undefined) continue;
      const subject = `epoch ${epoch}, "${name}",`;
      checkFeatureSet(set, subject);
      if (dimensionsOf(set) !== dimensions) {
        throw new ShapeError(`Features of ${subject} have ${dimensionsOf(set)} dimensions, expected ${dimensions}.`, {
          actual: dimensionsOf(set),
          expected: dimensions,
        });
      }
      for (let row = 0; row < set.labels.length; row++) classes = Math.max(classes, (set.labels[row] ?? 0) + 1);
    }
    checkCenters(centers, dimensions, `epoch ${epoch}`);
    classes = Math.max(classes, (centers?.length ?? 0) / dimensions);
  }
  const plane = dimensions === 2 ? null : principalComponents(last.train.features, dimensions);
  const mostCenters = Math.max(...snapshots.map(({ centers }) => (centers?.length ?? 0) / dimensions));
  const notes = plane === null ? [] : [noteOf(plane, snapshots.length > 1 ? last.epoch : null)];
  if (mostCenters > MOST_CENTERS) notes.push(`The ${mostCenters} centers are not marked`);
  return {
    classes,
    note: notes.join(". "),
    snapshots: snapshots.map(({ epoch, train, test, centers, metrics = {} }) => ({
      epoch,
      train: flatten(train, plane),
      ...(test === undefined ? {} : { test: flatten(test, plane) }),
      ...(centers === undefined || mostCenters > MOST_CENTERS ? {} : { centers: onPlane(centers, plane) }),
      metrics,
    })),
  };
}

function onPlane(rows: Float32Array, plane: Plane | null): Float32Array {
  return plane === null ? rows : projectOnPlane(rows, plane);
}

function flatten({ features, labels }: FeatureSet, plane: Plane | null): PlaneSet {
  return { points: onPlane(features, plane), labels };
}

function noteOf({ dimensions, shares }: Plane, epoch: number | null): string {
  const percent = Math.round((shares[0] + shares[1]) * 100);
  const fixed = epoch === null ? "" : `, those of epoch ${epoch} in every picture`;
  return `First two principal components of ${dimensions} dimensions (${percent}\u2009% of the variance)${fixed}`;
}
