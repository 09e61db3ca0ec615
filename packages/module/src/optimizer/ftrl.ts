import { invoke, type StateCell, zerosLike } from "@mxgraft/executor";
import { number, readOptions } from "../read-options.ts";
import { Optimizer, type OptimizerOptions, optimizerRules } from "./optimizer.ts";
import type { OptimizerState, ParameterIndex } from "./optimizer-state.ts";
import { slotsOf } from "./slots-of.ts";

export interface FtrlOptions extends OptimizerOptions {
  readonly lamda1?: number;
  readonly beta?: number;
}

/**
 * Follow the regularized leader (McMahan et al., 2013):
 *
 *   g      = clip(rescaleGrad * grad)
 *   z      = z + g - (sqrt(n + g^2) - sqrt(n)) * weight / lr
 *   n      = n + g^2
 *   weight = (sign(z) * lamda1 - z) / ((beta + sqrt(n)) / lr + wd)    where |z| > lamda1, else 0
 *
 * @param learningRate  default 0.1; as in MXNet it does not overwrite the scheduler's `baseLr`.
 * @param lamda1        weight of the L1 norm, default 0.01.
 * @param beta          default 1.
 */
export class Ftrl extends Optimizer {
  readonly #lamda1: number;
  readonly #beta: number;

  constructor(options: FtrlOptions = {}) {
    const { lamda1, beta, learningRate, ...common } = readOptions('Optimizer "ftrl"', options, {
      lamda1: number(0.01),
      beta: number(1),
      ...optimizerRules,
      learningRate: number(0.1),
    });
    super("ftrl", { ...common, learningRate: null }, learningRate);
    this.#lamda1 = lamda1;
    this.#beta = beta;
  }

  override createState(_index: ParameterIndex, weight: StateCell): OptimizerState {
    return ["z", "n"].map((slot) => zerosLike(weight, `${weight.name}_${slot}`));
  }

  override update(index: ParameterIndex, weight: StateCell, grad: StateCell, state: OptimizerState): void {
    this.countUpdate(index);
    invoke("ftrl_update", {
      inputs: [weight, grad, ...slotsOf(state)],
      attributes: {
        lr: this.lrOf(index),
        lamda1: this.#lamda1,
        beta: this.#beta,
        wd: this.wdOf(index),
        rescale_grad: this.rescaleGrad,
        clip_gradient: this.clip,
      },
      out: weight,
    });
  }
}
