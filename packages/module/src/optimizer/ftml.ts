import { invoke, type StateCell, zerosLike } from "@mxgraft/executor";
import { number, readOptions } from "../read-options.ts";
import { Optimizer, type OptimizerOptions, optimizerRules } from "./optimizer.ts";
import type { OptimizerState, ParameterIndex } from "./optimizer-state.ts";
import { slotsOf } from "./slots-of.ts";

export interface FTMLOptions extends OptimizerOptions {
  readonly beta1?: number;
  readonly beta2?: number;
  readonly epsilon?: number;
}

/**
 * Follow the moving leader (Zheng and Kwok, 2017), at update t of the parameter:
 *
 *   g      = clip(rescaleGrad * grad + wd * weight)
 *   v      = beta2 * v + (1 - beta2) * g^2
 *   d'     = (1 - beta1^t) / lr * (sqrt(v / (1 - beta2^t)) + epsilon)
 *   z      = beta1 * z + (1 - beta1) * g - (d' - beta1 * d) * weight
 *   d      = d'
 *   weight = -z / d
 *
 * @param beta1    default 0.6.
 * @param beta2    default 0.999.
 * @param epsilon  default 1e-8.
 */
export class FTML extends Optimizer {
  readonly #beta1: number;
  readonly #beta2: number;
  readonly #epsilon: number;

  constructor(options: FTMLOptions = {}) {
    const { beta1, beta2, epsilon, ...common } = readOptions('Optimizer "ftml"', options, {
      beta1: number(0.6),
      beta2: number(0.999),
      epsilon: number(1e-8),
      ...optimizerRules,
    });
    super("ftml", common);
    this.#beta1 = beta1;
    this.#beta2 = beta2;
    this.#epsilon = epsilon;
  }

  override createState(_index: ParameterIndex, weight: StateCell): OptimizerState {
    return ["d", "v", "z"].map((slot) => zerosLike(weight, `${weight.name}_${slot}`));
  }

  override update(index: ParameterIndex, weight: StateCell, grad: StateCell, state: OptimizerState): void {
    const t = this.countUpdate(index);
    invoke("ftml_update", {
      inputs: [weight, grad, ...slotsOf(state)],
      attributes: {
        lr: this.lrOf(index),
        beta1: this.#beta1,
        beta2: this.#beta2,
        epsilon: this.#epsilon,
        t,
        wd: this.wdOf(index),
        rescale_grad: this.rescaleGrad,
        clip_grad: this.clip,
      },
      out: weight,
    });
  }
}
