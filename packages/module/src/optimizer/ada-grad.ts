import { type StateCell, zerosLike } from "@mxgraft/executor";
import { number, readOptions } from "../read-options.ts";
import { add, assign, clip, divide, multiply, square, squareRoot, withValue } from "./cell-expression.ts";
import { Optimizer, type OptimizerOptions, optimizerRules } from "./optimizer.ts";
import type { OptimizerState, ParameterIndex } from "./optimizer-state.ts";
import { slotOf } from "./slots-of.ts";

export interface AdaGradOptions extends OptimizerOptions {
  readonly eps?: number;
}

/**
 * AdaGrad (Duchi et al., 2011):
 *
 *   g       = clip(rescaleGrad * grad)
 *   history = history + g^2
 *   weight  = weight - lr * (g / sqrt(history + eps) + wd * weight)
 *
 * @param eps  default 1e-7.
 */
export class AdaGrad extends Optimizer {
  readonly #eps: number;

  constructor(options: AdaGradOptions = {}) {
    const { eps, ...common } = readOptions('Optimizer "adagrad"', options, { eps: number(1e-7), ...optimizerRules });
    super("adagrad", common);
    this.#eps = eps;
  }

  override createState(_index: ParameterIndex, weight: StateCell): OptimizerState {
    return zerosLike(weight, `${weight.name}_history`);
  }

  override update(index: ParameterIndex, weight: StateCell, grad: StateCell, state: OptimizerState): void {
    this.countUpdate(index);
    const [lr, wd] = [this.lrOf(index), this.wdOf(index)];
    const history = slotOf(state);
    withValue(weight, clip(multiply(grad, this.rescaleGrad), this.clipGradient), (g) => {
      assign(history, add(history, square(g)));
      const step = add(divide(g, squareRoot(add(history, this.#eps))), multiply(weight, wd));
      assign(weight, add(weight, multiply(step, -lr)));
    });
  }
}
