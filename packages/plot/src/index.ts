// Pictures of features
export { featureComparison, type FeatureComparisonOptions } from "./feature-comparison.ts";
export type { FeatureFigureOptions } from "./feature-figure.ts";
export { featurePage } from "./feature-page.ts";
export { featureScatter } from "./feature-scatter.ts";
export type { FeatureSet, Snapshot } from "./feature-set.ts";

// Line charts
export { curves } from "./curves.ts";
export type { CurvesOptions, Series } from "./line-chart.ts";

// Drawings of graphs
export { drawGraph } from "./draw-graph.ts";
export type { GraphPicture, NodeKind, PictureEdge, PictureNode } from "./graph-picture.ts";

// What all figures share
export { classColors } from "./class-colors.ts";
export { niceTicks, type Ticks } from "./nice-ticks.ts";
export type { FigureOptions } from "./figure.ts";
export { figureStyle, POINT_OPACITY, type Theme } from "./figure-style.ts";
export { type Plane, principalComponents, projectOnPlane } from "./principal-components.ts";
