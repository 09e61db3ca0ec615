import { type StateCell, zerosLike } from "@mxgraft/executor";
import { number, readOptions } from "../read-options.ts";
import { absolute, add, assign, clip, divide, maximum, multiply, subtract, withValue } from "./cell-expression.ts";
import { Optimizer, type OptimizerOptions, optimizerRules } from "./optimizer.ts";
import type { OptimizerState, ParameterIndex } from "./optimizer-state.ts";
import { slotsOf } from "./slots-of.ts";

export interface AdamaxOptions extends OptimizerOptions {
  readonly beta1?: number;
  readonly beta2?: number;
}

/**
 * AdaMax (Kingma and Ba, arXiv 1412.6980, section 7), at update t of the parameter:
 *
 *   g      = clip(rescaleGrad * grad + wd * weight)
 *   m      = beta1 * m + (1 - beta1) * g
 *   u      = max(beta2 * u, |g|)
 *   weight = weight - lr / (1 - beta1^t) * m / u
 *
 * @param learningRate  default 0.002.
 * @param beta1         default 0.9.
 * @param beta2         default 0.999.
 */
export class Adamax extends Optimizer {
  readonly #beta1: number;
  readonly #beta2: number;

  constructor(options: AdamaxOptions = {}) {
    const { beta1, beta2, ...common } = readOptions('Optimizer "adamax"', options, {
      beta1: number(0.9),
      beta2: number(0.999),
      ...optimizerRules,
      learningRate: number(0.002),
    });
    super("adamax", common);
    this.#beta1 = beta1;
    this.#beta2 = beta2;
  }

  override createState(_index: ParameterIndex, weight: StateCell): OptimizerState {
    return ["mean", "variance"].map((slot) => zerosLike(weight, `${weight.name}_${slot}`));
  }

  override update(index: ParameterIndex, weight: StateCell, grad: StateCell, state: OptimizerState): void {
    const t = this.countUpdate(index);
    const lr = this.lrOf(index) / (1 - this.#beta1 ** t);
    const [m = weight, u = weight] = slotsOf(state);
    const decayed = add(multiply(grad, this.rescaleGrad), multiply(weight, this.wdOf(index)));
    withValue(weight, clip(decayed, this.clipGradient), (g) => {
      assign(m, add(multiply(m, this.#beta1), multiply(g, 1 - this.#beta1)));
      assign(u, maximum(multiply(u, this.#beta2), absolute(g)));
      assign(weight, subtract(weight, divide(multiply(m, lr), u)));
    });
  }
}
