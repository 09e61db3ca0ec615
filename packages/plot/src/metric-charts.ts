import type { PlaneSnapshot } from "./drawing-plane.ts";
import { type LineChart, lineChart, placeX, type Series } from "./line-chart.ts";

/** A chart of the page and how far its marker moves for each snapshot. */
export interface MetricChart extends LineChart {
  readonly name: string;
  readonly moved: readonly number[];
}

const PREFIXES = ["train", "training", "test", "validation", "val", "eval"];

/** `test accuracy` belongs to the chart `accuracy`, where it is the line `test`. */
function splitName(name: string): { chart: string; line: string } {
  const [first = "", ...rest] = name.split(/[\s_-]+/u);
  if (rest.length === 0 || !PREFIXES.includes(first.toLowerCase())) return { chart: name, line: name };
  return { chart: name.slice(first.length + 1), line: first };
}

/** Charts of all metrics over the epochs: those that differ only in a first word such as "test" share one. */
export function metricCharts(snapshots: readonly PlaneSnapshot[]): MetricChart[] {
  const epochs = snapshots.map(({ epoch }) => epoch);
  const charts = new Map<string, Series[]>();
  for (const name of new Set(snapshots.flatMap(({ metrics }) => Object.keys(metrics)))) {
    const { chart, line } = splitName(name);
    const y = snapshots.map(({ metrics }) => metrics[name] ?? Number.NaN);
    charts.set(chart, [...(charts.get(chart) ?? []), { name: line, x: epochs, y }]);
  }
  return [...charts].map(([name, series]) => {
    const title = name.charAt(0).toUpperCase() + name.slice(1);
    const chart = lineChart(series, {
      width: 400,
      height: series.length > 1 ? 212 : 182,
      inline: true,
      marker: true,
      wholeX: true,
      legend: series.length > 1,
      description: `${title} by epoch`,
    });
    const first = placeX(chart.geometry, epochs[0] ?? 0);
    return {
      ...chart,
      name: title,
      moved: epochs.map((epoch) => Math.round((placeX(chart.geometry, epoch) - first) * 10) / 10),
    };
  });
}
