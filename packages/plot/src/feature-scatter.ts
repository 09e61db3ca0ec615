import { toPlane } from "./drawing-plane.ts";
import { type FeatureFigureOptions, featureFigure } from "./feature-figure.ts";
import type { Snapshot } from "./feature-set.ts";

/**
 * The figure of the center-loss paper: features of the training and test data side by side, coloured by class, on equal
 * scales, with the class centers marked. Features of more than two dimensions are drawn on their first two principal
 * components, and the subtitle says so.
 *
 * @returns an SVG file that needs nothing else; its colours follow the reader's light or dark setting and print light.
 * @throws ShapeError  arrays do not belong together.
 * @throws ValueError  a label is no class index.
 * @see Wen et al., ECCV 2016, figures 2 and 3.
 */
export function featureScatter(
  snapshot: Omit<Snapshot, "epoch" | "metrics">,
  options: FeatureFigureOptions = {},
): string {
  return featureFigure(toPlane([{ ...snapshot, epoch: 0 }]), [], options);
}
