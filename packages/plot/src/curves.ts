import { type CurvesOptions, lineChart, type Series } from "./line-chart.ts";

/**
 * A line chart: several series over one x axis, with ticks and a legend.
 *
 * @returns an SVG file that needs nothing else.
 * @throws ShapeError  a series has not as many y as x values.
 */
export function curves(series: readonly Series[], options: CurvesOptions = {}): string {
  return lineChart(series, options).svg;
}
