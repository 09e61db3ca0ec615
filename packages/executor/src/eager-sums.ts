import { invariant, Random } from "@mxgraft/base";
import { changeLayout, readBack } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import type { Plan } from "./plan.ts";
import { type ExpressionPlan, planExpressions } from "./plan-expressions.ts";
import { runKernel } from "./run-kernel.ts";
import type { StepExpression } from "./step-expression.ts";
import type { TakenSums } from "./step-sums.ts";

/** Steps whose numbers wait on the device at most: one read for all of them costs what one for each would. */
const MOST_WAITING = 32;

/**
 * Numbers that eager steps leave on the device and that are fetched many at a time. What a step gives is float32; it is
 * added up here, in float64, since a long epoch would lose its last digits in a float32 sum.
 */
export class EagerSums {
  readonly #size: number;
  readonly #expressions: ExpressionPlan;
  /** One vector for each step. */
  readonly #waiting: tf.Tensor[] = [];
  #steps = 0;
  #values: number[];

  /** @throws UsageError  the graph has no such output or argument. */
  constructor(graph: Plan, expressions: readonly StepExpression[]) {
    this.#size = expressions.length;
    this.#expressions = planExpressions(graph, expressions);
    this.#values = this.#zeros();
  }

  /**
   * Computes what a step adds.
   *
   * @param valueAt  the values of the step, by slot of its graph.
   */
  async add(valueAt: (slot: number) => tf.Tensor): Promise<void> {
    const numbers = tf.tidy(() =>
      tf.stack(this.#compute(valueAt).map((value) => tf.cast(tf.reshape(value, []), "float32"))),
    );
    this.#waiting.push(tf.keep(numbers));
    if (this.#waiting.length >= MOST_WAITING) await this.fetch();
  }

  /** Fetches what waits on the device. */
  async fetch(): Promise<void> {
    const steps = this.#waiting.length;
    if (steps === 0) return;
    const all = this.#stackWaiting();
    this.#fold(steps, await all.data());
    all.dispose();
  }

  /** The sums since the last call; where only a promise gives values, those that `fetch` has fetched. */
  take(): TakenSums {
    const waiting = this.#waiting.length;
    if (waiting > 0 && !this.needsFetch) {
      const all = this.#stackWaiting();
      this.#fold(waiting, all.dataSync());
      all.dispose();
    }
    const taken = { steps: this.#steps, values: this.#values };
    this.#steps = 0;
    this.#values = this.#zeros();
    return taken;
  }

  /** Whether numbers wait that `take` cannot give. */
  get needsFetch(): boolean {
    return this.#waiting.length > 0 && readBack() === "promise";
  }

  dispose(): void {
    tf.dispose(this.#waiting);
    this.#waiting.length = 0;
  }

  #compute(valueAt: (slot: number) => tf.Tensor): tf.Tensor[] {
    const { plan, sourceOf } = this.#expressions;
    const values = plan.slots.map(({ variable, shape, layout }) => {
      if (variable === undefined) return undefined;
      const source = sourceOf(variable);
      return changeLayout(valueAt(source.id), shape, source.layout, layout);
    });
    const value = (id: number): tf.Tensor => {
      const found = values[id];
      invariant(found, `slot ${id} of an expression has no value`);
      return found;
    };
    for (const step of plan.steps) {
      if (step.kind === "layout") {
        const [from, to] = [plan.slots[step.from], plan.slots[step.to]];
        values[step.to] = changeLayout(value(step.from), from?.shape ?? [], from?.layout, to?.layout);
        continue;
      }
      const call = {
        attributes: step.operator.attributes,
        inputs: step.inputs.map(value),
        states: [],
        outputShapes: step.outputShapes,
        isTrain: false,
        random: new Random(0),
      };
      runKernel(
        step,
        false,
        () => step.kernel.forward(call),
        (results) => {
          for (const [i, id] of step.outputs.entries()) values[id] = results[i];
        },
      );
    }
    return plan.outputs.map(({ slot }) => value(slot));
  }

  #stackWaiting(): tf.Tensor {
    const all = tf.stack(this.#waiting);
    this.dispose();
    return all;
  }

  #fold(steps: number, numbers: ArrayLike<number>): void {
    this.#steps += steps;
    for (let i = 0; i < numbers.length; i++) {
      this.#values[i % this.#size] = (this.#values[i % this.#size] ?? 0) + (numbers[i] ?? Number.NaN);
    }
  }

  #zeros(): number[] {
    return new Array<number>(this.#size).fill(0);
  }
}
