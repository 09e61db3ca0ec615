// Fills the registry that this file looks names up in.
import "./built-in-metrics.ts";
import { AttributeError, UsageError } from "@mxgraft/base";
import type { MetricFunction } from "./custom-metric.ts";
import { EvalMetric } from "./eval-metric.ts";
import { findMetric } from "./registry.ts";

/** What `getConfig` gives: the name of a metric and its options. */
export interface MetricConfig {
  readonly metric: string;
  readonly [option: string]: unknown;
}

/** A metric, or something that `create` makes one of. */
export type MetricLike = EvalMetric | string | MetricFunction | MetricConfig | readonly MetricLike[];

/** Options as MXNet writes them in files (`top_k`) by the names they have here (`topK`). */
function camelCase(options: object): object {
  const renamed = Object.entries(options).map(([name, value]) => [
    name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
    value,
  ]);
  return Object.fromEntries(renamed);
}

/** MXNet's text forms: `["acc", {"axis": 2}]` and `{"metric": "acc", "axis": 2}`. */
function createFromJSON(text: string): EvalMetric {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new UsageError(`Metric ${text} is not JSON: ${String(cause)}.`, { argument: "metric" }, { cause });
  }
  if (Array.isArray(value)) {
    const [name, options = {}] = value;
    if (typeof name === "string" && typeof options === "object" && options !== null) {
      return findMetric(name)(camelCase(options));
    }
  } else if (isConfig(value)) {
    const { metric, ...options } = value;
    return findMetric(metric)(camelCase(options));
  }
  throw new UsageError(`Metric ${text} names no metric, expected ["name", {options}] or {"metric": "name"}.`, {
    argument: "metric",
  });
}

function isConfig(value: unknown): value is MetricConfig {
  return typeof value === "object" && value !== null && "metric" in value && typeof value.metric === "string";
}

function isList(metric: MetricLike): metric is readonly MetricLike[] {
  return Array.isArray(metric);
}

/**
 * A metric from its name (`"acc"`, `"top_k_accuracy"`), a function of label and prediction, a list of these (a
 * composite metric), a configuration or a metric, which is given back as it is.
 *
 * @param options  for the constructor, by their names here: `create("top_k_accuracy", { topK: 5 })`. For a list they
 *                 go to every metric in it.
 * @throws RegistryError   no metric has this name.
 * @throws AttributeError  an option is unknown, missing or does not fit.
 */
export function create(metric: MetricLike, options: object = {}): EvalMetric {
  if (typeof metric === "function") return findMetric("custommetric")({ ...options, measure: metric });
  if (isList(metric)) return findMetric("composite")({ metrics: metric.map((child) => create(child, options)) });
  const given = Object.keys(options);
  if (typeof metric === "string" && !metric.startsWith("[") && !metric.startsWith("{")) {
    return findMetric(metric)(options);
  }
  if (given.length > 0) {
    throw new AttributeError(`A metric that is made already takes no options; given were ${given.join(", ")}.`, {
      actual: given,
    });
  }
  if (typeof metric === "string") return createFromJSON(metric);
  if (metric instanceof EvalMetric) return metric;
  if (!isConfig(metric)) throw new UsageError("A metric is a name, a function, a configuration or an EvalMetric.");
  const { metric: name, ...config } = metric;
  return findMetric(name)(config);
}
