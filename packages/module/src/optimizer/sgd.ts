import { invoke, type StateCell, zerosLike } from "@mxgraft/executor";
import { boolean, number, readOptions } from "../read-options.ts";
import { Optimizer, type OptimizerOptions, optimizerRules } from "./optimizer.ts";
import type { OptimizerState, ParameterIndex } from "./optimizer-state.ts";
import { slotOf } from "./slots-of.ts";

export interface SGDOptions extends OptimizerOptions {
  readonly momentum?: number;
  readonly lazyUpdate?: boolean;
}

/**
 * Stochastic gradient descent with momentum and weight decay:
 *
 *   g        = clip(rescaleGrad * grad)
 *   momentum = momentum_rate * momentum - lr * (g + wd * weight)
 *   weight   = weight + momentum
 *
 * @param momentum    momentum_rate, default 0: no momentum, no slot.
 * @param lazyUpdate  for sparse gradients in MXNet; without effect here.
 */
export class SGD extends Optimizer {
  readonly #momentum: number;
  readonly #lazyUpdate: boolean;

  constructor(options: SGDOptions = {}, name = "sgd") {
    const { momentum, lazyUpdate, ...common } = readOptions(`Optimizer "${name}"`, options, {
      momentum: number(0, { min: 0 }),
      lazyUpdate: boolean(true),
      ...optimizerRules,
    });
    super(name, common);
    this.#momentum = momentum;
    this.#lazyUpdate = lazyUpdate;
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
      lazy_update: this.#lazyUpdate,
    };
    if (state === null) {
      invoke("sgd_update", { inputs: [weight, grad], attributes, out: weight });
    } else {
      invoke("sgd_mom_update", {
        inputs: [weight, grad, slotOf(state)],
        attributes: { ...attributes, momentum: this.#momentum },
        out: weight,
      });
    }
  }
}
