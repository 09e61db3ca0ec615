import type { Executor, StepExpression } from "@mxgraft/executor";
import {
  type DeferredSum,
  deferredSums,
  type EvalMetric,
  type MetricExpression,
  type NamedShape,
} from "@mxgraft/metric";

/** What the steps of one executor add to a metric. */
interface ExecutorSums {
  readonly sums: readonly DeferredSum[];
  readonly expressions: readonly StepExpression[];
}

/** Keeps what steps add to a metric on the device until somebody looks at the metric. */
export class StepSums {
  readonly metric: EvalMetric;
  readonly #byExecutor = new Map<Executor, ExecutorSums | null>();
  /** Executors that are no longer used, but whose sums are not yet fetched. */
  readonly #retired = new Set<Executor>();

  constructor(metric: EvalMetric) {
    this.metric = metric;
  }

  /**
   * The sums of the steps of an executor, the same list each time.
   *
   * @param labels  its labels; asked for once.
   * @returns `null` when the metric cannot be computed in the step.
   */
  expressionsFor(executor: Executor, labels: () => readonly NamedShape[]): readonly StepExpression[] | null {
    let own = this.#byExecutor.get(executor);
    if (own === undefined) {
      own = this.#plan(executor, labels());
      this.#byExecutor.set(executor, own);
      for (const { metric } of own?.sums ?? []) metric.settleWith(this.#settle);
    }
    return own?.expressions ?? null;
  }

  /** Brings the metric up to date also where a look at it cannot: where only a promise gives values. */
  async fetch(): Promise<void> {
    let fetched = false;
    for (const [executor, own] of this.#byExecutor) {
      if (!own || !executor.sumsNeedFetch) continue;
      await executor.fetchSums(own.expressions);
      fetched = true;
    }
    if (!fetched) return;
    this.#settle();
    for (const executor of this.#retired) this.#remove(executor);
    this.#retired.clear();
  }

  /** Disposes an executor as soon as what it added up is fetched. */
  retire(executor: Executor): void {
    this.#settle();
    if (executor.sumsNeedFetch) this.#retired.add(executor);
    else this.#remove(executor);
  }

  /** Adds what has been fetched or can be at once, and is told no more. */
  dispose(): void {
    for (const own of this.#byExecutor.values()) for (const { metric } of own?.sums ?? []) metric.settleWith(undefined);
    for (const executor of this.#retired) executor.dispose();
    this.#retired.clear();
    this.#byExecutor.clear();
  }

  readonly #settle = (): void => {
    for (const [executor, own] of this.#byExecutor) {
      if (!own) continue;
      const { steps, values } = executor.takeSums(own.expressions);
      if (steps === 0) continue;
      for (const [i, { metric, count }] of own.sums.entries()) metric.addSums(values[i] ?? Number.NaN, count * steps);
    }
  };

  #remove(executor: Executor): void {
    this.#byExecutor.delete(executor);
    executor.dispose();
  }

  #plan(executor: Executor, labels: readonly NamedShape[]): ExecutorSums | null {
    if (labels.some(({ name }) => !executor.argCells.has(name))) return null;
    const sums = deferredSums(this.metric, labels, executor.outputs);
    if (sums === null || sums.length === 0) return null;
    return { sums, expressions: sums.map(({ sum }) => expressionOf(sum, labels)) };
  }
}

function expressionOf(expression: MetricExpression, labels: readonly { readonly name: string }[]): StepExpression {
  if ("label" in expression) return { argument: labels[expression.label]?.name ?? "" };
  if ("pred" in expression) return { output: expression.pred };
  return { ...expression, inputs: expression.inputs.map((input) => expressionOf(input, labels)) };
}
