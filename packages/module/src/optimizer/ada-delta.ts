import { type StateCell, zerosLike } from "@mxgraft/executor";
import { number, readOptions } from "../read-options.ts";
import { add, assign, clip, divide, multiply, square, squareRoot, subtract, withValue } from "./cell-expression.ts";
import { Optimizer, type OptimizerOptions, optimizerRules } from "./optimizer.ts";
import type { OptimizerState, ParameterIndex } from "./optimizer-state.ts";
import { slotsOf } from "./slots-of.ts";

export interface AdaDeltaOptions extends OptimizerOptions {
  readonly rho?: number;
  readonly epsilon?: number;
}

/**
 * AdaDelta (Zeiler, arXiv 1212.5701); the rate has no part in it:
 *
 *   g      = clip(rescaleGrad * grad)
 *   n      = rho * n + (1 - rho) * g^2
 *   step   = sqrt(delta + epsilon) / sqrt(n + epsilon) * g
 *   delta  = rho * delta + (1 - rho) * step^2
 *   weight = weight - (step + wd * weight)
 *
 * @param rho      default 0.9.
 * @param epsilon  default 1e-5.
 */
export class AdaDelta extends Optimizer {
  readonly #rho: number;
  readonly #epsilon: number;

  constructor(options: AdaDeltaOptions = {}) {
    const { rho, epsilon, ...common } = readOptions('Optimizer "adadelta"', options, {
      rho: number(0.9),
      epsilon: number(1e-5),
      ...optimizerRules,
    });
    super("adadelta", common);
    this.#rho = rho;
    this.#epsilon = epsilon;
  }

  override createState(_index: ParameterIndex, weight: StateCell): OptimizerState {
    return ["n", "delta"].map((slot) => zerosLike(weight, `${weight.name}_${slot}`));
  }

  override update(index: ParameterIndex, weight: StateCell, grad: StateCell, state: OptimizerState): void {
    const wd = this.wdOf(index);
    this.countUpdate(index);
    const [n = weight, delta = weight] = slotsOf(state);
    const rho = this.#rho;
    withValue(weight, clip(multiply(grad, this.rescaleGrad), this.clipGradient), (g) => {
      assign(n, add(multiply(n, rho), multiply(square(g), 1 - rho)));
      const ratio = divide(squareRoot(add(delta, this.#epsilon)), squareRoot(add(n, this.#epsilon)));
      withValue(weight, multiply(ratio, g), (step) => {
        assign(delta, add(multiply(delta, rho), multiply(square(step), 1 - rho)));
        assign(weight, subtract(weight, add(step, multiply(weight, wd))));
      });
    });
  }
}
