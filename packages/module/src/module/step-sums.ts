import type { Shape } from "@mxgraft/base";
import type { Executor, StepExpression } from "@mxgraft/executor";
import { type DeferredSum, deferredSums, type EvalMetric, type MetricExpression } from "@mxgraft/metric";

/** What the steps of one executor add to a metric. */
interface ExecutorSums {
  readonly sums: readonly DeferredSum[];
  readonly expressions: readonly StepExpression[];
  /** Steps since the sums were fetched. */
  steps: number;
}

/** Keeps what training steps add to a metric on the device until somebody looks at the metric. */
export class StepSums {
  readonly metric: EvalMetric;
  readonly #byExecutor = new Map<Executor, ExecutorSums | null>();

  constructor(metric: EvalMetric) {
    this.metric = metric;
  }

  /**
   * The sums of the steps of an executor, the same list each time.
   *
   * @returns `null` when the metric cannot be computed in the step.
   */
  expressionsFor(
    executor: Executor,
    labels: readonly { readonly name: string; readonly shape: Shape }[],
  ): readonly StepExpression[] | null {
    let own = this.#byExecutor.get(executor);
    if (own === undefined) {
      own = this.#plan(executor, labels);
      this.#byExecutor.set(executor, own);
      for (const { metric } of own?.sums ?? []) metric.settleWith(this.#settle);
    }
    return own?.expressions ?? null;
  }

  /** A step of the executor has run with the sums. */
  added(executor: Executor): void {
    const own = this.#byExecutor.get(executor);
    if (own) own.steps++;
  }

  /** Fetches what is outstanding of an executor that is about to be disposed. */
  forget(executor: Executor): void {
    this.#settle();
    this.#byExecutor.delete(executor);
  }

  /** Fetches what is outstanding, and is told no more. */
  dispose(): void {
    for (const own of this.#byExecutor.values()) for (const { metric } of own?.sums ?? []) metric.settleWith(undefined);
    this.#byExecutor.clear();
  }

  readonly #settle = (): void => {
    for (const [executor, own] of this.#byExecutor) {
      if (!own || own.steps === 0) continue;
      const { steps } = own;
      own.steps = 0;
      const values = executor.takeSums();
      for (const [i, { metric, count }] of own.sums.entries()) metric.addSums(values[i] ?? Number.NaN, count * steps);
    }
  };

  #plan(executor: Executor, labels: Parameters<StepSums["expressionsFor"]>[1]): ExecutorSums | null {
    if (labels.some(({ name }) => !executor.argCells.has(name))) return null;
    const sums = deferredSums(this.metric, labels, executor.outputs);
    if (sums === null || sums.length === 0) return null;
    return { sums, expressions: sums.map(({ sum }) => expressionOf(sum, labels)), steps: 0 };
  }
}

function expressionOf(expression: MetricExpression, labels: readonly { readonly name: string }[]): StepExpression {
  if ("label" in expression) return { argument: labels[expression.label]?.name ?? "" };
  if ("pred" in expression) return { output: expression.pred };
  return { ...expression, inputs: expression.inputs.map((input) => expressionOf(input, labels)) };
}
