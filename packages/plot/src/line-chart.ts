import { ShapeError } from "@mxgraft/base";
import { colorClass } from "./class-colors.ts";
import { type FigureOptions, heading, shorten, svgFile, textWidth } from "./figure.ts";
import { niceTicks } from "./nice-ticks.ts";
import { element, escapeText, short, textElement } from "./svg-element.ts";

/** One line of a chart. Values that are not finite leave a gap. */
export interface Series {
  readonly name: string;
  /** Positions on the x axis, in ascending order. */
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
}

export interface CurvesOptions extends FigureOptions {
  readonly xLabel?: string;
  readonly yLabel?: string;
  readonly width?: number;
  readonly height?: number;
  /** Whether x counts something, so that its ticks are whole numbers; default false. */
  readonly wholeX?: boolean;
  /** Whether the series are named above the lines; default true. */
  readonly legend?: boolean;
}

export interface LineChartOptions extends CurvesOptions {
  /** Puts a movable line into the chart, at the first x: `class="now"`, for scripts that show a moment. */
  readonly marker?: boolean;
}

/** A chart's plotting area, and how its x values lie in it. */
export interface CurvesGeometry {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly xRange: readonly [number, number];
  readonly yRange: readonly [number, number];
}

function rangeOf(values: readonly ArrayLike<number>[]): [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const list of values) {
    for (let i = 0; i < list.length; i++) {
      const value = list[i] ?? Number.NaN;
      if (!Number.isFinite(value)) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  return low > high ? [0, 1] : [low, high];
}

/** A range with some room, never empty; a range near zero starts at zero. */
function padded([low, high]: [number, number]): [number, number] {
  const room = (high - low) * 0.06 || Math.abs(high) * 0.1 || 1;
  const bottom = low >= 0 && low - room < (high - low) * 0.3 ? Math.max(0, low - room) : low - room;
  return [low === 0 ? 0 : bottom, high + room];
}

function linePath(series: Series, place: (x: number, y: number) => [number, number]): string {
  let path = "";
  let drawing = false;
  for (let i = 0; i < series.x.length; i++) {
    const x = series.x[i] ?? Number.NaN;
    const y = series.y[i] ?? Number.NaN;
    const finite = Number.isFinite(x) && Number.isFinite(y);
    if (finite) {
      const [left, top] = place(x, y);
      path += `${drawing ? "L" : "M"}${short(left, 1)} ${short(top, 1)}`;
      // A point between two gaps is a line of no length, which round ends make a dot.
      if (!drawing) path += "h0";
    }
    drawing = finite;
  }
  return path;
}

const LEFT = 58;
const RIGHT = 18;

/** A line chart and where things lie in it. */
export interface LineChart {
  readonly svg: string;
  readonly geometry: CurvesGeometry;
}

/** @throws ShapeError  a series has not as many y as x values. */
export function lineChart(series: readonly Series[], options: LineChartOptions = {}): LineChart {
  const { xLabel, yLabel, width = 560, height = 320, marker = false, wholeX = false, legend: named = true } = options;
  for (const { name, x, y } of series) {
    if (x.length === y.length) continue;
    throw new ShapeError(`Series "${name}" has ${x.length} x and ${y.length} y values, expected as many of both.`, {
      argument: name,
      actual: y.length,
      expected: x.length,
    });
  }
  const head = heading(options, LEFT, width - LEFT - RIGHT);
  const legend = lineLegend(named ? series : [], LEFT, head.height, width - LEFT - RIGHT);
  const top = head.height + legend.height + (yLabel === undefined ? 8 : 26);
  const bottom = height - (xLabel === undefined ? 30 : 48);
  const geometry: CurvesGeometry = {
    left: LEFT,
    top,
    width: width - LEFT - RIGHT,
    height: Math.max(40, bottom - top),
    xRange: rangeOf(series.map(({ x }) => x)),
    yRange: padded(rangeOf(series.map(({ y }) => y))),
  };
  const place = (x: number, y: number): [number, number] => [placeX(geometry, x), placeY(geometry, y)];
  const { xRange, yRange } = geometry;
  const xTicks = niceTicks(xRange[0], xRange[1], Math.min(8, Math.max(1, Math.round(geometry.width / 70))), wholeX);
  const yTicks = niceTicks(yRange[0], yRange[1], Math.max(2, Math.round(geometry.height / 45)));
  const end = geometry.top + geometry.height;
  const body = [
    head.markup,
    legend.markup,
    element("path", {
      class: "grid",
      d: yTicks.values.map((value) => `M${LEFT} ${short(placeY(geometry, value))}h${short(geometry.width)}`).join(""),
    }),
    element("path", { class: "frame", d: `M${LEFT} ${short(geometry.top)}V${short(end)}h${short(geometry.width)}` }),
    ...xTicks.values.map((value, i) =>
      textElement(placeX(geometry, value), end + 17, xTicks.labels[i] ?? "", {
        class: "faint",
        "text-anchor": "middle",
      }),
    ),
    ...yTicks.values.map((value, i) =>
      textElement(LEFT - 8, placeY(geometry, value) + 4, yTicks.labels[i] ?? "", {
        class: "faint",
        "text-anchor": "end",
      }),
    ),
    xLabel === undefined
      ? ""
      : textElement(LEFT + geometry.width / 2, end + 37, xLabel, { class: "faint", "text-anchor": "middle" }),
    yLabel === undefined ? "" : textElement(LEFT, geometry.top - 10, yLabel, { class: "faint" }),
    marker
      ? element("path", {
          class: "now",
          d: `M${short(placeX(geometry, xRange[0]))} ${short(geometry.top)}V${short(end)}`,
        })
      : "",
    ...series.map((line, i) =>
      element(
        "path",
        { class: `l ${colorClass(i)}`, d: linePath(line, place) },
        element("title", {}, escapeText(line.name)),
      ),
    ),
  ].join("");
  const label = `Line chart of ${series.map(({ name }) => name).join(", ")}`;
  return { svg: svgFile(width, end + (xLabel === undefined ? 30 : 48), label, options, body), geometry };
}

/** Where an x value lies in a chart. */
export function placeX({ left, width, xRange: [low, high] }: CurvesGeometry, x: number): number {
  return high > low ? left + ((x - low) / (high - low)) * width : left + width / 2;
}

function placeY({ top, height, yRange: [low, high] }: CurvesGeometry, y: number): number {
  return top + height - ((y - low) / (high - low)) * height;
}

function lineLegend(
  series: readonly Series[],
  left: number,
  top: number,
  width: number,
): { markup: string; height: number } {
  if (series.length === 0) return { markup: "", height: 0 };
  let x = left;
  let y = top + 12;
  const markup = series.map(({ name }, i) => {
    const text = shorten(name, 40);
    const needed = 30 + textWidth(text);
    if (x > left && x + needed > left + width) {
      x = left;
      y += 20;
    }
    const at = x;
    x += needed + 14;
    return element(
      "g",
      { class: colorClass(i) },
      element("path", { class: "l", d: `M${short(at)} ${y - 4}h18` }),
      textElement(at + 24, y, text),
    );
  });
  return { markup: markup.join(""), height: y - top + 10 };
}
