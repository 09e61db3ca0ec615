import { toPlane } from "./drawing-plane.ts";
import { type FeatureFigureOptions, featureFigure } from "./feature-figure.ts";
import type { Snapshot } from "./feature-set.ts";

export interface FeatureComparisonOptions extends FeatureFigureOptions {
  /** Names of the two rows; default "before" and "after". */
  readonly rowNames?: readonly [string, string];
}

/**
 * Two moments of training as two rows of train and test panels. Each row has scales of its own, because features grow
 * while a network learns; train and test of a row share them.
 *
 * @returns an SVG file that needs nothing else.
 * @throws ShapeError  arrays do not belong together.
 * @throws ValueError  a label is no class index.
 */
export function featureComparison(
  before: Omit<Snapshot, "epoch" | "metrics">,
  after: Omit<Snapshot, "epoch" | "metrics">,
  options: FeatureComparisonOptions = {},
): string {
  const { rowNames = ["before", "after"], ...rest } = options;
  const planes = toPlane([
    { ...before, epoch: 0 },
    { ...after, epoch: 1 },
  ]);
  const note = planes.note.replace("those of epoch 1 in every picture", `those of "${rowNames[1]}" in both rows`);
  return featureFigure({ ...planes, note }, rowNames, rest);
}
