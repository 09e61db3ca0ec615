import { FormatError, type HostArray, ValueError } from "@mxgraft/base";
import { create, type MetricLike } from "./create.ts";
import { EvalMetric, type MetricResult, type NamedArrays } from "./eval-metric.ts";
import { commonOptions, type MetricOptions, type OptionRule, readOptions } from "./metric-options.ts";
import type { MetricState } from "./metric-state.ts";

export interface CompositeEvalMetricOptions extends MetricOptions {
  /** Metrics, or whatever `create` makes one of. */
  readonly metrics?: readonly MetricLike[];
}

function metricsOption(): OptionRule<readonly MetricLike[]> {
  return {
    expected: "a list of metrics",
    fallback: [],
    parse: (value) => (Array.isArray(value) ? value : undefined),
  };
}

/** The arrays of these names only; the children pick theirs from what is left. */
function only(arrays: NamedArrays, names: readonly string[] | null): NamedArrays {
  if (names === null) return arrays;
  const entries: Iterable<[string, HostArray]> = arrays instanceof Map ? arrays : Object.entries(arrays);
  return new Map([...entries].filter(([name]) => names.includes(name)));
}

/**
 * Several metrics as one: each gets every update, and `get` lists all names and values. Metrics can be names, as
 * `create` takes them: `new CompositeEvalMetric({ metrics: ["acc", "ce"] })`.
 */
export class CompositeEvalMetric extends EvalMetric {
  readonly metrics: EvalMetric[];

  constructor(options: CompositeEvalMetricOptions = {}) {
    const { metrics, ...common } = readOptions("CompositeEvalMetric", options, {
      metrics: metricsOption(),
      ...commonOptions("composite"),
    });
    super(common.name, { ...common, hasGlobalStats: true });
    this.metrics = metrics.map((metric) => create(metric));
  }

  /** Adds a metric, or whatever `create` makes one of. */
  add(metric: MetricLike): void {
    this.metrics.push(create(metric));
  }

  /** @throws ValueError  there is no metric with this index (MXNet returns the error instead). */
  getMetric(index: number): EvalMetric {
    const metric = this.metrics[index];
    if (metric !== undefined) return metric;
    throw new ValueError(
      `Metric "${this.name}" has no child ${index}; it has ${this.metrics.length}, counted from 0.`,
      {
        actual: index,
        expected: this.metrics.length,
      },
    );
  }

  update(labels: readonly HostArray[], preds: readonly HostArray[]): void {
    for (const metric of this.metrics) metric.update(labels, preds);
  }

  override updateDict(labels: NamedArrays, preds: NamedArrays): void {
    for (const metric of this.metrics) {
      metric.updateDict(only(labels, this.labelNames), only(preds, this.outputNames));
    }
  }

  /** @throws ValueError  always: the sums are those of the children. */
  override addSums(_sum: number, _count: number): never {
    throw new ValueError(`Metric "${this.name}" has no sums of its own; add to those of its children.`);
  }

  override reset(): void {
    for (const metric of this.metrics) metric.reset();
  }

  override resetLocal(): void {
    for (const metric of this.metrics) metric.resetLocal();
  }

  override get(): MetricResult {
    return listed(this.metrics.flatMap((metric) => metric.getNameValue()));
  }

  override getGlobal(): MetricResult {
    return listed(this.metrics.flatMap((metric) => metric.getGlobalNameValue()));
  }

  override getConfig(): Readonly<Record<string, unknown>> {
    return { ...super.getConfig(), metrics: this.metrics.map((metric) => metric.getConfig()) };
  }

  override state(): MetricState {
    return { numbers: [], children: this.metrics.map((metric) => metric.state()) };
  }

  override restore(state: MetricState): void {
    const children = state.children ?? [];
    if (children.length !== this.metrics.length) {
      throw new FormatError(
        `The state for metric "${this.name}" is one of ${children.length} metrics, expected ${this.metrics.length}.`,
        { argument: this.name, expected: this.metrics.length, actual: children.length },
      );
    }
    for (const [i, child] of children.entries()) this.metrics[i]?.restore(child);
  }
}

function listed(pairs: readonly (readonly [string, number])[]): MetricResult {
  return [pairs.map(([name]) => name), pairs.map(([, value]) => value)];
}
