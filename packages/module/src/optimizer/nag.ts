import { invoke, type StateCell, zerosLike } from "@mxgraft/executor";
import { number, readOptions } from "../read-options.ts";
import { Optimizer, type OptimizerOptions, optimizerRules } from "./optimizer.ts";
import type { OptimizerState, ParameterIndex } from "./optimizer-state.ts";
import { slotOf } from "./slots-of.ts";

export interface NAGOptions extends OptimizerOptions {
  readonly momentum?: number;
}

/**
 * Nesterov's accelerated gradient:
 *
 *   g        = lr * (clip(rescaleGrad * grad) + wd * weight)
 *   momentum = momentum_rate * momentum - g
 *   weight   = weight + momentum_rate * momentum - g
 *
 * where MXNet keeps the momentum with the decay of the new weight.
 *
 * @param momentum  momentum_rate, default 0: plain gradient descent, no slot.
 */
export class NAG extends Optimizer {
  readonly #momentum: number;

  constructor(options: NAGOptions = {}) {
    const { momentum, ...common } = readOptions('Optimizer "nag"', options, {
      momentum: number(0, { min: 0 }),
      ...optimizerRules,
    });
    super("nag", common);
    this.#momentum = momentum;
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
      invoke("sgd_update", { inputs: [weight, grad], attributes: { ...attributes, lazy_update: true }, out: weight });
    } else {
      invoke("nag_mom_update", {
        inputs: [weight, grad, slotOf(state)],
        attributes: { ...attributes, momentum: this.#momentum },
        out: weight,
      });
    }
  }
}
