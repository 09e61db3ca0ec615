import { didYouMean, RegistryError } from "@mxgraft/base";
import type { EvalMetric } from "./eval-metric.ts";

/** Makes a metric from options that nobody has checked yet. */
export type MetricFactory = (options: object) => EvalMetric;

const factories = new Map<string, MetricFactory>();

export interface RegisterMetricOptions {
  readonly aliases?: readonly string[];
  /** Whether a metric of the same name may be replaced; default false. */
  readonly replace?: boolean;
}

/**
 * Makes a metric known to `create`. Names are the same in upper and lower case, as in MXNet.
 *
 * @param factory  makes the metric from the options given to `create`: `(options) => new MyMetric(options)`.
 * @throws RegistryError  the name or an alias is taken.
 */
export function registerMetric(name: string, factory: MetricFactory, options: RegisterMetricOptions = {}): void {
  const { aliases = [], replace = false } = options;
  const names = [name, ...aliases].map((each) => each.toLowerCase());
  const taken = names.filter((each) => factories.has(each));
  if (taken.length > 0 && !replace) {
    throw new RegistryError(
      `Metric ${taken.map((each) => `"${each}"`).join(", ")} is registered already. Pass { replace: true } if that is meant.`,
      { argument: name, actual: taken },
    );
  }
  for (const each of names) factories.set(each, factory);
}

/** Every name that `create` knows, in lower case. */
export function listMetrics(): string[] {
  return [...factories.keys()].sort();
}

/** @throws RegistryError  no metric has this name. */
export function findMetric(name: string): MetricFactory {
  const factory = factories.get(name.toLowerCase());
  if (factory !== undefined) return factory;
  throw new RegistryError(
    `Metric "${name}" is not registered.${didYouMean(name, factories.keys())} Register your own with registerMetric().`,
    { argument: name, expected: listMetrics() },
  );
}
