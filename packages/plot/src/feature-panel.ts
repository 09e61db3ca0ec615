import { colorClass } from "./class-colors.ts";
import { classNameOf } from "./class-legend.ts";
import { markClass, markOf, markPath } from "./class-marks.ts";
import type { PlaneSet } from "./drawing-plane.ts";
import { niceTicks, type Ticks } from "./nice-ticks.ts";
import { type Badge, spreadBadges } from "./spread-badges.ts";
import { element, escapeText, short, textElement } from "./svg-element.ts";
import type { ViewWindow } from "./view-window.ts";

/** Side of the plotting area of a panel. */
export const PANEL = 360;
export const BADGE_RADIUS = 9;

/** Where a point of the plane lies in the panel, which has its origin at the top left. */
export function toPanel(points: ArrayLike<number>, window: ViewWindow): Float64Array {
  const scale = PANEL / (2 * window.half);
  const placed = new Float64Array(points.length);
  for (let i = 0; i + 1 < points.length; i += 2) {
    placed[i] = ((points[i] ?? 0) - window.x + window.half) * scale;
    placed[i + 1] = (window.y + window.half - (points[i + 1] ?? 0)) * scale;
  }
  return placed;
}

/** Coordinates of the drawable points of each class, in the panel. */
export function pointsByClass({ points, labels }: PlaneSet, window: ViewWindow, classes: number): number[][] {
  const placed = toPanel(points, window);
  const groups = Array.from({ length: classes }, (): number[] => []);
  for (let row = 0; row < labels.length; row++) {
    const x = placed[2 * row] ?? Number.NaN;
    const y = placed[2 * row + 1] ?? Number.NaN;
    if (Number.isFinite(x) && Number.isFinite(y)) groups[labels[row] ?? 0]?.push(x, y);
  }
  return groups;
}

/** A dot's size: smaller when there are many. */
export function dotSize(points: number): number {
  return Math.min(4.6, Math.max(1.6, 3.6 * (1000 / Math.max(1, points)) ** 0.3));
}

/** Ticks of both axes with their places in the panel. */
export interface PanelTicks {
  readonly x: Ticks;
  readonly y: Ticks;
}

export function panelTicks({ x, y, half }: ViewWindow): PanelTicks {
  return { x: niceTicks(x - half, x + half), y: niceTicks(y - half, y + half) };
}

function axes(window: ViewWindow, yLabels: boolean): string {
  const { x, y } = panelTicks(window);
  const xs = toPanel(
    x.values.flatMap((value) => [value, 0]),
    window,
  ).filter((_, i) => i % 2 === 0);
  const ys = toPanel(
    y.values.flatMap((value) => [0, value]),
    window,
  ).filter((_, i) => i % 2 === 1);
  const grid = [...xs].map((at) => `M${short(at)} 0v${PANEL}`).concat([...ys].map((at) => `M0 ${short(at)}h${PANEL}`));
  return [
    element("path", { class: "grid", d: grid.join("") }),
    element("rect", { class: "frame", width: PANEL, height: PANEL }),
    ...x.labels.map((label, i) =>
      textElement(xs[i] ?? 0, PANEL + 17, label, { class: "faint", "text-anchor": "middle" }),
    ),
    ...(yLabels ? y.labels : []).map((label, i) =>
      textElement(-8, (ys[i] ?? 0) + 4, label, { class: "faint", "text-anchor": "end" }),
    ),
  ].join("");
}

/** What a center is marked with: the class name when it is short, else the class number. */
export function badgeText(index: number, names: readonly string[] | undefined): string {
  const name = classNameOf(index, names);
  return [...name].length <= 2 ? name : String(index);
}

/** The line from a badge that had to move to its center, and the center itself. */
function leaderMarkup({ anchorX, anchorY, x, y }: Badge, index: number): string {
  if (Math.hypot(x - anchorX, y - anchorY) <= BADGE_RADIUS) return "";
  return element(
    "g",
    { class: `b ${colorClass(index)}` },
    element("path", { d: `M${short(anchorX)} ${short(anchorY)}L${short(x)} ${short(y)}` }),
    element("circle", { cx: anchorX, cy: anchorY, r: 2.5 }),
  );
}

function badgeMarkup({ x, y }: Badge, index: number, names: readonly string[] | undefined): string {
  return element(
    "g",
    { class: `b ${colorClass(index)}` },
    element("title", {}, escapeText(`center of ${classNameOf(index, names)}`)),
    element("circle", { cx: x, cy: y, r: BADGE_RADIUS }),
    textElement(x, y + 4, badgeText(index, names)),
  );
}

export interface FeaturePanel {
  readonly heading: string;
  readonly set: PlaneSet;
  readonly centers?: Float32Array | undefined;
  readonly window: ViewWindow;
  readonly classes: number;
  readonly classNames?: readonly string[] | undefined;
  readonly shapes: boolean;
  /** Whether the y axis is labelled; the panel on its left labels it otherwise. */
  readonly yLabels: boolean;
}

/** One scatter plot: axes, a path for each class, centers on top. Its plotting area begins at `left`, `top`. */
export function featurePanel(panel: FeaturePanel, left: number, top: number): string {
  const { set, centers, window, classes, classNames, shapes } = panel;
  const size = dotSize(set.labels.length);
  const paths = pointsByClass(set, window, classes).flatMap((coordinates, index) => {
    if (coordinates.length === 0) return [];
    const mark = markOf(index, shapes);
    const attributes = { class: `${markClass(mark)} ${colorClass(index)}`, d: markPath(mark, coordinates) };
    return [element("path", attributes, element("title", {}, escapeText(classNameOf(index, classNames))))];
  });
  const badges = spreadBadges(centers === undefined ? [] : toPanel(centers, window), PANEL, BADGE_RADIUS);
  return element(
    "g",
    { transform: `translate(${left} ${top})` },
    textElement(0, -10, panel.heading, { class: "h" }),
    axes(window, panel.yLabels),
    element("g", { "stroke-width": size }, ...paths),
    ...badges.map((badge, index) => (badge === null ? "" : leaderMarkup(badge, index))),
    ...badges.map((badge, index) => (badge === null ? "" : badgeMarkup(badge, index, classNames))),
  );
}
