import { type StateCell, zerosLike } from "@mxgraft/executor";
import { number, readOptions } from "../read-options.ts";
import { add, assign, clip, multiply, square, subtract, withValue } from "./cell-expression.ts";
import { Optimizer, type OptimizerOptions, optimizerRules } from "./optimizer.ts";
import { cellsOf, type OptimizerState, type ParameterIndex } from "./optimizer-state.ts";

export interface DCASGDOptions extends OptimizerOptions {
  readonly momentum?: number;
  readonly lamda?: number;
}

/**
 * Gradient descent that makes up for delayed gradients (Zheng et al., arXiv 1609.08326):
 *
 *   g        = clip(rescaleGrad * grad)
 *   step     = -lr * (g + wd * weight + lamda * g^2 * (weight - previous))
 *   momentum = momentum_rate * momentum + step
 *   previous = weight
 *   weight   = weight + momentum        step itself without momentum
 *
 * @param momentum  momentum_rate, default 0. (MXNet fails with any other.)
 * @param lamda     default 0.04.
 */
export class DCASGD extends Optimizer {
  readonly #momentum: number;
  readonly #lamda: number;

  constructor(options: DCASGDOptions = {}) {
    const { momentum, lamda, ...common } = readOptions('Optimizer "dcasgd"', options, {
      momentum: number(0, { min: 0 }),
      lamda: number(0.04),
      ...optimizerRules,
    });
    super("dcasgd", common);
    this.#momentum = momentum;
    this.#lamda = lamda;
  }

  override createState(_index: ParameterIndex, weight: StateCell): OptimizerState {
    const previous = zerosLike(weight, `${weight.name}_previous`);
    assign(previous, weight);
    return [this.#momentum === 0 ? null : zerosLike(weight, `${weight.name}_momentum`), previous];
  }

  override update(index: ParameterIndex, weight: StateCell, grad: StateCell, state: OptimizerState): void {
    this.countUpdate(index);
    const [lr, wd] = [this.lrOf(index), this.wdOf(index)];
    const cells = cellsOf(state);
    const previous = cells.at(-1) ?? weight;
    withValue(weight, clip(multiply(grad, this.rescaleGrad), this.clipGradient), (g) => {
      const delay = multiply(multiply(square(g), this.#lamda), subtract(weight, previous));
      const step = multiply(add(add(g, multiply(weight, wd)), delay), -lr);
      const [momentum] = cells.length > 1 ? cells : [];
      if (momentum !== undefined) assign(momentum, add(multiply(momentum, this.#momentum), step));
      withValue(weight, momentum ?? step, (moved) => {
        assign(previous, weight);
        assign(weight, add(weight, moved));
      });
    });
  }
}
