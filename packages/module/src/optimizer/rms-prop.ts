import { invoke, type StateCell, zerosLike } from "@mxgraft/executor";
import { boolean, number, orNull, readOptions } from "../read-options.ts";
import { Optimizer, type OptimizerOptions, optimizerRules } from "./optimizer.ts";
import type { OptimizerState, ParameterIndex } from "./optimizer-state.ts";
import { slotsOf } from "./slots-of.ts";

export interface RMSPropOptions extends OptimizerOptions {
  readonly gamma1?: number;
  readonly gamma2?: number;
  readonly epsilon?: number;
  readonly centered?: boolean;
  readonly clipWeights?: number | null;
}

/**
 * RMSProp, with g = clip(rescaleGrad * grad + wd * weight). Plain (Tieleman and Hinton, 2012):
 *
 *   n      = gamma1 * n + (1 - gamma1) * g^2
 *   weight = weight - lr * g / sqrt(n + epsilon)
 *
 * Centered (Graves, arXiv 1308.0850):
 *
 *   n      = gamma1 * n + (1 - gamma1) * g^2
 *   m      = gamma1 * m + (1 - gamma1) * g
 *   delta  = gamma2 * delta - lr * g / sqrt(n - m^2 + epsilon)
 *   weight = weight + delta
 *
 * @param learningRate  default 0.001.
 * @param gamma1        decay of the averages, default 0.9.
 * @param gamma2        momentum when centered, default 0.9.
 * @param epsilon       default 1e-8.
 * @param centered      default false.
 * @param clipWeights   weights are cut to [-clipWeights, clipWeights]; not at all when `null` (default) or 0.
 */
export class RMSProp extends Optimizer {
  readonly #gamma1: number;
  readonly #gamma2: number;
  readonly #epsilon: number;
  readonly #centered: boolean;
  readonly #clipWeights: number | null;

  constructor(options: RMSPropOptions = {}) {
    const { gamma1, gamma2, epsilon, centered, clipWeights, ...common } = readOptions('Optimizer "rmsprop"', options, {
      gamma1: number(0.9),
      gamma2: number(0.9),
      epsilon: number(1e-8),
      centered: boolean(false),
      clipWeights: orNull(number(undefined, { min: 0 })),
      ...optimizerRules,
      learningRate: number(0.001),
    });
    super("rmsprop", common);
    this.#gamma1 = gamma1;
    this.#gamma2 = gamma2;
    this.#epsilon = epsilon;
    this.#centered = centered;
    this.#clipWeights = clipWeights;
  }

  override createState(_index: ParameterIndex, weight: StateCell): OptimizerState {
    const slots = this.#centered ? ["n", "g", "delta"] : ["n"];
    return slots.map((slot) => zerosLike(weight, `${weight.name}_${slot}`));
  }

  override update(index: ParameterIndex, weight: StateCell, grad: StateCell, state: OptimizerState): void {
    this.countUpdate(index);
    const attributes = {
      lr: this.lrOf(index),
      gamma1: this.#gamma1,
      epsilon: this.#epsilon,
      wd: this.wdOf(index),
      rescale_grad: this.rescaleGrad,
      clip_gradient: this.clip,
      clip_weights: this.#clipWeights || -1,
    };
    const inputs = [weight, grad, ...slotsOf(state)];
    if (this.#centered) {
      invoke("rmspropalex_update", { inputs, attributes: { ...attributes, gamma2: this.#gamma2 }, out: weight });
    } else {
      invoke("rmsprop_update", { inputs, attributes, out: weight });
    }
  }
}
