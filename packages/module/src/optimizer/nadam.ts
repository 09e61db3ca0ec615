import { type StateCell, zerosLike } from "@mxgraft/executor";
import { number, readOptions } from "../read-options.ts";
import { add, assign, clip, divide, multiply, square, squareRoot, subtract, withValue } from "./cell-expression.ts";
import { Optimizer, type OptimizerOptions, optimizerRules } from "./optimizer.ts";
import type { OptimizerState, ParameterIndex } from "./optimizer-state.ts";
import { slotsOf } from "./slots-of.ts";

export interface NadamOptions extends OptimizerOptions {
  readonly beta1?: number;
  readonly beta2?: number;
  readonly epsilon?: number;
  readonly scheduleDecay?: number;
}

/**
 * Adam with Nesterov's momentum (Dozat, 2015), at update t of the parameter:
 *
 *   g        = clip(rescaleGrad * grad + wd * weight)
 *   p_t      = beta1 * (1 - 0.96^(t * scheduleDecay) / 2)
 *   P        = P * p_t        one P for all parameters, multiplied at the update of each: a quirk of MXNet
 *   m        = beta1 * m + (1 - beta1) * g
 *   v        = beta2 * v + (1 - beta2) * g^2
 *   mean     = (1 - p_t) * g / (1 - P) + p_(t+1) * m / (1 - P * p_(t+1))
 *   weight   = weight - lr * mean / (sqrt(v / (1 - beta2^t)) + epsilon)
 *
 * @param learningRate   default 0.001.
 * @param beta1          default 0.9.
 * @param beta2          default 0.999.
 * @param epsilon        default 1e-8.
 * @param scheduleDecay  default 0.004.
 */
export class Nadam extends Optimizer {
  readonly #beta1: number;
  readonly #beta2: number;
  readonly #epsilon: number;
  readonly #scheduleDecay: number;
  #schedule = 1;

  constructor(options: NadamOptions = {}) {
    const { beta1, beta2, epsilon, scheduleDecay, ...common } = readOptions('Optimizer "nadam"', options, {
      beta1: number(0.9),
      beta2: number(0.999),
      epsilon: number(1e-8),
      scheduleDecay: number(0.004),
      ...optimizerRules,
      learningRate: number(0.001),
    });
    super("nadam", common);
    this.#beta1 = beta1;
    this.#beta2 = beta2;
    this.#epsilon = epsilon;
    this.#scheduleDecay = scheduleDecay;
  }

  override createState(_index: ParameterIndex, weight: StateCell): OptimizerState {
    return ["mean", "variance"].map((slot) => zerosLike(weight, `${weight.name}_${slot}`));
  }

  override update(index: ParameterIndex, weight: StateCell, grad: StateCell, state: OptimizerState): void {
    const t = this.countUpdate(index);
    const lr = this.lrOf(index);
    const [now, next] = [this.#momentum(t), this.#momentum(t + 1)];
    this.#schedule *= now;
    const [m = weight, v = weight] = slotsOf(state);
    const decayed = add(multiply(grad, this.rescaleGrad), multiply(weight, this.wdOf(index)));
    withValue(weight, clip(decayed, this.clipGradient), (g) => {
      assign(m, add(multiply(m, this.#beta1), multiply(g, 1 - this.#beta1)));
      assign(v, add(multiply(v, this.#beta2), multiply(square(g), 1 - this.#beta2)));
      const mean = add(multiply(g, (1 - now) / (1 - this.#schedule)), multiply(m, next / (1 - this.#schedule * next)));
      const deviation = add(squareRoot(multiply(v, 1 / (1 - this.#beta2 ** t))), this.#epsilon);
      assign(weight, subtract(weight, divide(multiply(mean, lr), deviation)));
    });
  }

  #momentum(t: number): number {
    return this.#beta1 * (1 - 0.5 * 0.96 ** (t * this.#scheduleDecay));
  }

  protected override extraNumbers(): readonly number[] {
    return [this.#schedule];
  }

  protected override setExtraNumbers([schedule = 1]: readonly number[]): void {
    this.#schedule = schedule;
  }
}
