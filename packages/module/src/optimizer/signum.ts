import { invoke, type StateCell, zerosLike } from "@mxgraft/executor";
import { number, readOptions } from "../read-options.ts";
import { Optimizer, type OptimizerOptions, optimizerRules } from "./optimizer.ts";
import type { OptimizerState, ParameterIndex } from "./optimizer-state.ts";
import { slotOf } from "./slots-of.ts";

export interface SignumOptions extends OptimizerOptions {
  readonly momentum?: number;
  readonly wdLh?: number;
}

/**
 * Steps of one size in the direction of the sign (Bernstein et al., arXiv 1802.04434):
 *
 *   g        = clip(rescaleGrad * grad) + wd * weight
 *   momentum = momentum_rate * momentum - (1 - momentum_rate) * g
 *   weight   = (1 - lr * wdLh) * weight + lr * sign(momentum)
 *
 * @param momentum  momentum_rate, default 0.9; with 0 there is no slot, and weight = (1 - lr * wd) * weight - lr * sign(grad).
 * @param wdLh      decay apart from the gradient, default 0.
 */
export class Signum extends Optimizer {
  readonly #momentum: number;
  readonly #wdLh: number;

  constructor(options: SignumOptions = {}) {
    const { momentum, wdLh, ...common } = readOptions('Optimizer "signum"', options, {
      momentum: number(0.9, { min: 0 }),
      wdLh: number(0),
      ...optimizerRules,
      learningRate: number(0.01),
    });
    super("signum", common);
    this.#momentum = momentum;
    this.#wdLh = wdLh;
  }

  override createState(_index: ParameterIndex, weight: StateCell): OptimizerState {
    return this.#momentum === 0 ? null : zerosLike(weight, `${weight.name}_momentum`);
  }

  override update(index: ParameterIndex, weight: StateCell, grad: StateCell, state: OptimizerState): void {
    this.countUpdate(index);
    const attributes = {
      lr: this.lrOf(index),
      wd: this.wdOf(index),
      rescale_grad: this.rescaleGrad,
      clip_gradient: this.clip,
    };
    if (state === null) {
      invoke("signsgd_update", { inputs: [weight, grad], attributes, out: weight });
    } else {
      invoke("signum_update", {
        inputs: [weight, grad, slotOf(state)],
        attributes: { ...attributes, momentum: this.#momentum, wd_lh: this.#wdLh },
        out: weight,
      });
    }
  }
}
