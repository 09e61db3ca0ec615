import type { Shape } from "@mxgraft/base";
import { CompositeEvalMetric } from "./composite-eval-metric.ts";
import type { EvalMetric } from "./eval-metric.ts";
import type { MetricExpression } from "./metric-expression.ts";

/** A label or an output: its name and shape. */
export interface NamedShape {
  readonly name: string;
  readonly shape: Shape;
}

/** What one batch adds to one metric. */
export interface DeferredSum {
  readonly metric: EvalMetric;
  /** Its labels and outputs are numbered as those that were given. */
  readonly sum: MetricExpression;
  readonly count: number;
}

/** The places of the arrays that a metric takes, in its order; `null` when one is not there. */
function placesOf(all: readonly NamedShape[], given: readonly number[], names: readonly string[] | null) {
  if (names === null) return [...given];
  const places = names.map((name) => given.find((i) => all[i]?.name === name));
  const found = places.filter((place) => place !== undefined);
  return found.length === places.length ? found : null;
}

function renumbered(
  expression: MetricExpression,
  labels: readonly number[],
  preds: readonly number[],
): MetricExpression | null {
  if ("label" in expression) {
    const label = labels[expression.label];
    return label === undefined ? null : { label };
  }
  if ("pred" in expression) {
    const pred = preds[expression.pred];
    return pred === undefined ? null : { pred };
  }
  const inputs = expression.inputs.map((input) => renumbered(input, labels, preds));
  const found = inputs.filter((input) => input !== null);
  return found.length === inputs.length ? { ...expression, inputs: found } : null;
}

/**
 * What a batch of these shapes adds to a metric and to those it is made of, as operators on labels and outputs.
 *
 * @returns `null` when one of them cannot be written so; arrays have to be fetched for `updateDict` then.
 */
export function deferredSums(
  metric: EvalMetric,
  labels: readonly NamedShape[],
  preds: readonly NamedShape[],
): DeferredSum[] | null {
  return sumsOf(metric, labels, preds, [...labels.keys()], [...preds.keys()]);
}

function sumsOf(
  metric: EvalMetric,
  labels: readonly NamedShape[],
  preds: readonly NamedShape[],
  labelPlaces: readonly number[],
  predPlaces: readonly number[],
): DeferredSum[] | null {
  if (metric instanceof CompositeEvalMetric) {
    const among = (all: readonly NamedShape[], places: readonly number[], names: readonly string[] | null) =>
      names === null ? places : places.filter((i) => names.includes(all[i]?.name ?? ""));
    const ownLabels = among(labels, labelPlaces, metric.labelNames);
    const ownPreds = among(preds, predPlaces, metric.outputNames);
    const parts = metric.metrics.map((child) => sumsOf(child, labels, preds, ownLabels, ownPreds));
    const found = parts.filter((part) => part !== null);
    return found.length === parts.length ? found.flat() : null;
  }
  const ownLabels = placesOf(labels, labelPlaces, metric.labelNames);
  const ownPreds = placesOf(preds, predPlaces, metric.outputNames);
  if (ownLabels === null || ownPreds === null) return null;
  const shapes = (all: readonly NamedShape[], places: readonly number[]) => places.map((i) => all[i]?.shape ?? []);
  const sums = metric.sums(shapes(labels, ownLabels), shapes(preds, ownPreds));
  const sum = sums && renumbered(sums.sum, ownLabels, ownPreds);
  return sums && sum ? [{ metric, sum, count: sums.count }] : null;
}
