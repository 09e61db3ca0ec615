import { colorClass } from "./class-colors.ts";
import { classNameOf, MOST_LEGEND_ENTRIES } from "./class-legend.ts";
import { markClass, markCommand, markOf } from "./class-marks.ts";
import { type PlaneSnapshot, toPlane } from "./drawing-plane.ts";
import type { FeatureFigureOptions } from "./feature-figure.ts";
import { BADGE_RADIUS, badgeText, dotSize, PANEL } from "./feature-panel.ts";
import type { Snapshot } from "./feature-set.ts";
import { metricCharts } from "./metric-charts.ts";
import { pageData } from "./page-data.ts";
import { PAGE_SCRIPT } from "./page-script.ts";
import { pageStyle } from "./page-style.ts";
import { element, escapeText, textElement } from "./svg-element.ts";
import { countUndrawable } from "./view-window.ts";

/** Nothing may be loaded from anywhere: all is in the page. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'";
/** Labels an axis can have; `niceTicks` gives fewer. */
const TICK_POOL = 12;

/** Data as JSON that cannot end the script element it stands in. */
function jsonForScript(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll("<", "\\u003c")
    .replaceAll("\u2028", "\\u2028")
    .replaceAll("\u2029", "\\u2029");
}

/** Values of a snapshot as one line. */
function summaryOf({ metrics }: PlaneSnapshot): string {
  return Object.entries(metrics)
    .map(([name, value]) => `${name} ${Number.isInteger(value) ? value : value.toPrecision(4)}`)
    .join(" \u00b7 ");
}

/** A panel as a frame for the script to fill: axes, a path for each class, a badge for each center. */
function panelFrame(
  heading: string,
  points: number,
  classes: number,
  centers: number,
  classNames: readonly string[] | undefined,
  shapes: boolean,
): string {
  const tick = (axis: "x" | "y") =>
    Array.from({ length: TICK_POOL }, () =>
      axis === "x"
        ? textElement(0, PANEL + 17, "", { class: "faint x", "text-anchor": "middle" })
        : textElement(-8, 0, "", { class: "faint y", "text-anchor": "end" }),
    );
  const paths = Array.from({ length: classes }, (_, index) =>
    element(
      "path",
      { class: `${markClass(markOf(index, shapes))} ${colorClass(index)}`, "data-class": index },
      element("title", {}, escapeText(classNameOf(index, classNames))),
    ),
  );
  const leaders = Array.from({ length: centers }, (_, index) =>
    element(
      "g",
      { class: `b leader ${colorClass(index)}`, visibility: "hidden" },
      element("path", {}),
      element("circle", { r: 2.5 }),
    ),
  );
  const badges = Array.from({ length: centers }, (_, index) =>
    element(
      "g",
      { class: `b badge ${colorClass(index)}`, visibility: "hidden" },
      element("title", {}, escapeText(`center of ${classNameOf(index, classNames)}`)),
      element("circle", { r: BADGE_RADIUS }),
      textElement(0, 4, badgeText(index, classNames)),
    ),
  );
  const svg = element(
    "svg",
    {
      class: "mxg panel",
      viewBox: `-50 -4 ${PANEL + 62} ${PANEL + 28}`,
      role: "img",
      "aria-label": `${heading}: ${points} points`,
    },
    element("path", { class: "grid" }),
    element("rect", { class: "frame", width: PANEL, height: PANEL }),
    ...tick("x"),
    ...tick("y"),
    element("g", { "stroke-width": dotSize(points) }, ...paths),
    ...leaders,
    ...badges,
  );
  return `<figure><h2>${escapeText(heading)} <span class="note">${points.toLocaleString("en")} points</span></h2>${svg}</figure>`;
}

function legend(classes: number, classNames: readonly string[] | undefined, shapes: boolean): string {
  const shown = Math.min(classes, MOST_LEGEND_ENTRIES);
  const items = Array.from({ length: shown }, (_, index) => {
    const mark = markOf(index, shapes);
    const swatch = element(
      "svg",
      { class: "mxg", viewBox: "-4 -4 8 8", "aria-hidden": "true" },
      element("path", {
        class: `${markClass(mark)} ${colorClass(index)}`,
        "stroke-width": mark === "dot" ? 5 : undefined,
        d: `M0 0${markCommand(mark)}`,
      }),
    );
    return `<li>${swatch}<span>${escapeText(classNameOf(index, classNames))}</span></li>`;
  });
  if (classes > shown) items.push(`<li class="note">and ${classes - shown} more</li>`);
  return `<ul class="legend" aria-label="Classes">${items.join("")}</ul>`;
}

/**
 * A page that shows how features move while a network learns: a slider over the epochs, training and test features with
 * the class centers, and a chart of each metric beside them. Points glide from one epoch to the next, unless the reader
 * wants less motion; a box switches to one scale for all epochs. Works with keyboard and on a phone, light and dark.
 *
 * One HTML file: it loads nothing, and its content policy forbids it. Ten epochs of 2,000 points take about 150 kB.
 *
 * @param snapshots  in the order of the slider. With the same labels in all of them, points keep their identity.
 * @throws ShapeError  there is no snapshot, or arrays do not belong together.
 * @throws ValueError  a label is no class index.
 */
export function featurePage(snapshots: readonly Snapshot[], options: FeatureFigureOptions = {}): string {
  const { title = "Features by epoch", subtitle = "", classNames, shapes = false, theme = "auto" } = options;
  const { snapshots: planes, note, classes } = toPlane(snapshots);
  const hasTest = planes.every(({ test }) => test !== undefined);
  const drawn: readonly PlaneSnapshot[] = hasTest ? planes : planes.map(({ test: _, ...rest }) => rest);
  const charts = metricCharts(drawn);
  const moved = drawn.map((_, i) => charts.map((chart) => chart.moved[i] ?? 0));
  const data = pageData(drawn, classes, shapes, drawn.map(summaryOf), moved);
  const centers = Math.max(...drawn.map((snapshot) => (snapshot.centers?.length ?? 0) / 2));
  const most = (which: "train" | "test") => Math.max(...drawn.map((snapshot) => snapshot[which]?.labels.length ?? 0));
  const skipped = drawn.reduce(
    (sum, { train, test }) => sum + countUndrawable(train) + (test === undefined ? 0 : countUndrawable(test)),
    0,
  );
  const notes = [subtitle, note, skipped > 0 ? `${skipped} points that are not finite are left out` : ""];
  const last = drawn.length - 1;
  const panels = [panelFrame("Train", most("train"), classes, centers, classNames, shapes)];
  if (hasTest) panels.push(panelFrame("Test", most("test"), classes, centers, classNames, shapes));
  const figures = charts.map(({ name, svg }) => `<figure><h2>${escapeText(name)}</h2>${svg}</figure>`);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="color-scheme" content="${theme === "auto" ? "light dark" : theme}">
<title>${escapeText(title)}</title>
<style>${pageStyle(theme)}</style>
</head>
<body>
<main>
<h1>${escapeText(title)}</h1>
<p class="note">${escapeText(notes.filter((text) => text !== "").join(". "))}</p>
<noscript><p>The pictures of this page need JavaScript.</p></noscript>
<div id="controls" hidden>
<button id="play" type="button">Play</button>
<div class="epoch"><label for="epoch">Epoch</label><output id="epoch-number" for="epoch"></output><input id="epoch" type="range" min="0" max="${last}" step="1" value="${last}"></div>
<label class="check"><input id="scale" type="checkbox">Same scale in all epochs</label>
<p id="summary"></p>
</div>
<div class="layout${figures.length > 0 ? " wide" : ""}">
<div><div class="panels">${panels.join("")}</div>${legend(classes, classNames, shapes)}</div>
<div class="charts">${figures.join("")}</div>
</div>
</main>
<script type="application/json" id="data">${jsonForScript(data)}</script>
<script>${PAGE_SCRIPT}</script>
</body>
</html>
`;
}
