import { invoke, type StateCell, zerosLike } from "@mxgraft/executor";
import { boolean, number, readOptions } from "../read-options.ts";
import { Optimizer, type OptimizerOptions, optimizerRules } from "./optimizer.ts";
import type { OptimizerState, ParameterIndex } from "./optimizer-state.ts";
import { slotsOf } from "./slots-of.ts";

export interface AdamOptions extends OptimizerOptions {
  readonly beta1?: number;
  readonly beta2?: number;
  readonly epsilon?: number;
  readonly lazyUpdate?: boolean;
}

/**
 * Adam (Kingma and Ba, arXiv 1412.6980), at update t of the parameter:
 *
 *   g        = clip(rescaleGrad * grad + wd * weight)
 *   mean     = beta1 * mean + (1 - beta1) * g
 *   variance = beta2 * variance + (1 - beta2) * g^2
 *   weight   = weight - lr * sqrt(1 - beta2^t) / (1 - beta1^t) * mean / (sqrt(variance) + epsilon)
 *
 * @param learningRate  default 0.001.
 * @param beta1         default 0.9.
 * @param beta2         default 0.999.
 * @param epsilon       default 1e-8.
 * @param lazyUpdate    for sparse gradients in MXNet; without effect here.
 */
export class Adam extends Optimizer {
  readonly #beta1: number;
  readonly #beta2: number;
  readonly #epsilon: number;
  readonly #lazyUpdate: boolean;

  constructor(options: AdamOptions = {}) {
    const { beta1, beta2, epsilon, lazyUpdate, ...common } = readOptions('Optimizer "adam"', options, {
      beta1: number(0.9),
      beta2: number(0.999),
      epsilon: number(1e-8),
      lazyUpdate: boolean(true),
      ...optimizerRules,
      learningRate: number(0.001),
    });
    super("adam", common);
    this.#beta1 = beta1;
    this.#beta2 = beta2;
    this.#epsilon = epsilon;
    this.#lazyUpdate = lazyUpdate;
  }

  override createState(_index: ParameterIndex, weight: StateCell): OptimizerState {
    return [zerosLike(weight, `${weight.name}_mean`), zerosLike(weight, `${weight.name}_variance`)];
  }

  override update(index: ParameterIndex, weight: StateCell, grad: StateCell, state: OptimizerState): void {
    const t = this.countUpdate(index);
    const correction = Math.sqrt(1 - this.#beta2 ** t) / (1 - this.#beta1 ** t);
    invoke("adam_update", {
      inputs: [weight, grad, ...slotsOf(state)],
      attributes: {
        lr: this.lrOf(index) * correction,
        beta1: this.#beta1,
        beta2: this.#beta2,
        epsilon: this.#epsilon,
        wd: this.wdOf(index),
        rescale_grad: this.rescaleGrad,
        clip_gradient: this.clip,
        lazy_update: this.#lazyUpdate,
      },
      out: weight,
    });
  }
}
