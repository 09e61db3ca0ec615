import { classLegend } from "./class-legend.ts";
import type { PlaneSnapshots } from "./drawing-plane.ts";
import { featurePanel, PANEL } from "./feature-panel.ts";
import { type FigureOptions, heading, svgFile } from "./figure.ts";
import { textElement } from "./svg-element.ts";
import { countUndrawable, windowAround } from "./view-window.ts";

export interface FeatureFigureOptions extends FigureOptions {
  /** Names of the classes; their numbers when left out. */
  readonly classNames?: readonly string[];
  /** Whether classes differ in shape as well as in colour; default false. */
  readonly shapes?: boolean;
}

const LEFT = 52;
const BETWEEN = 28;
const RIGHT = 22;
/** From one row's plotting area to the next: tick labels and the next heading. */
const ROW_GAP = 66;
const LINE = 20;

/** Rows of panels with one legend: what the scatter figure and the comparison share. */
export function featureFigure(
  { snapshots, classes, note }: PlaneSnapshots,
  rowNames: readonly string[],
  options: FeatureFigureOptions,
): string {
  const { classNames, shapes = false } = options;
  const columns = snapshots.some(({ test }) => test !== undefined) ? 2 : 1;
  const width = LEFT + columns * PANEL + (columns - 1) * BETWEEN + RIGHT;
  let skipped = 0;
  let drawn = 0;
  for (const { train, test } of snapshots) {
    for (const set of test === undefined ? [train] : [train, test]) {
      skipped += countUndrawable(set);
      drawn += set.labels.length;
    }
  }
  const notes = [
    options.subtitle,
    note,
    skipped > 0 ? `${skipped} points that are not finite are left out` : undefined,
  ];
  const subtitle = notes.filter((text) => text !== undefined && text !== "").join(". ");
  const head = heading({ ...options, subtitle }, LEFT, width - LEFT - RIGHT);
  let y = head.height + LINE + 8;
  const rows = snapshots.map(({ train, test, centers }, row) => {
    const window = windowAround([train.points, test?.points, centers]);
    const top = y;
    y += PANEL + ROW_GAP;
    const prefix = rowNames[row] === undefined ? "" : `${rowNames[row]}, `;
    return [
      { set: train, name: "train" },
      { set: test, name: "test" },
    ]
      .map(({ set, name }, column) => {
        if (set === undefined) return "";
        const text = `${prefix}${name}`;
        const titled = text.charAt(0).toUpperCase() + text.slice(1);
        const left = LEFT + column * (PANEL + BETWEEN);
        return (
          featurePanel(
            { heading: titled, set, centers, window, classes, classNames, shapes, yLabels: column === 0 },
            left,
            top,
          ) +
          textElement(left + PANEL, top - 10, countText(set.labels.length), { class: "faint", "text-anchor": "end" })
        );
      })
      .join("");
  });
  const legend = classLegend(classes, classNames, shapes, LEFT, y - ROW_GAP + 34, width - LEFT - RIGHT);
  const height = y - ROW_GAP + 34 + legend.height + 14;
  const label = `Scatter plot of ${drawn} features of ${classes} classes${snapshots.some(({ centers }) => centers) ? " with the class centers" : ""}`;
  return svgFile(width, height, label, options, [head.markup, ...rows, legend.markup].join(""));
}

function countText(count: number): string {
  return `${count.toLocaleString("en")} ${count === 1 ? "point" : "points"}`;
}
