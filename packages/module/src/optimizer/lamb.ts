import { createTensorCell, invoke, type StateCell, zerosLike } from "@mxgraft/executor";
import { boolean, number, orNull, readOptions } from "../read-options.ts";
import { normInto } from "./norm-into.ts";
import { Optimizer, type OptimizerOptions, optimizerRules } from "./optimizer.ts";
import type { OptimizerState, ParameterIndex } from "./optimizer-state.ts";
import { slotsOf } from "./slots-of.ts";

export interface LAMBOptions extends OptimizerOptions {
  readonly beta1?: number;
  readonly beta2?: number;
  readonly epsilon?: number;
  readonly lowerBound?: number | null;
  readonly upperBound?: number | null;
  readonly biasCorrection?: boolean;
}

/**
 * Adam with steps in proportion to the length of the weights (You et al., arXiv 1904.00962), at update t of the
 * parameter:
 *
 *   g      = clip(rescaleGrad * grad)
 *   mean   = beta1 * mean + (1 - beta1) * g
 *   var    = beta2 * var + (1 - beta2) * g^2
 *   d      = mean / (1 - beta1^t) / (sqrt(var / (1 - beta2^t)) + epsilon) + wd * weight
 *   weight = weight - lr * r / |d| * d        r = |weight|, within lowerBound..upperBound
 *
 * @param learningRate    default 0.001.
 * @param beta1           default 0.9.
 * @param beta2           default 0.999.
 * @param epsilon         default 1e-6.
 * @param lowerBound      least r; none when `null` (default) or 0.
 * @param upperBound      largest r; none when `null` (default) or 0.
 * @param biasCorrection  whether mean and var are divided by 1 - beta^t; default true.
 */
export class LAMB extends Optimizer {
  readonly #beta1: number;
  readonly #beta2: number;
  readonly #epsilon: number;
  readonly #lowerBound: number;
  readonly #upperBound: number;
  readonly #biasCorrection: boolean;

  constructor(options: LAMBOptions = {}) {
    const given = readOptions('Optimizer "lamb"', options, {
      beta1: number(0.9),
      beta2: number(0.999),
      epsilon: number(1e-6),
      lowerBound: orNull(number()),
      upperBound: orNull(number()),
      biasCorrection: boolean(true),
      ...optimizerRules,
      learningRate: number(0.001),
    });
    super("lamb", given);
    this.#beta1 = given.beta1;
    this.#beta2 = given.beta2;
    this.#epsilon = given.epsilon;
    // The operator takes a number below 0 for no bound.
    this.#lowerBound = given.lowerBound || -1;
    this.#upperBound = given.upperBound || -1;
    this.#biasCorrection = given.biasCorrection;
  }

  override createState(_index: ParameterIndex, weight: StateCell): OptimizerState {
    return ["mean", "var"].map((slot) => zerosLike(weight, `${weight.name}_${slot}`));
  }

  override update(index: ParameterIndex, weight: StateCell, grad: StateCell, state: OptimizerState): void {
    const t = this.countUpdate(index);
    const direction = zerosLike(weight, `${weight.name}_direction`);
    const norms = ["norm", "direction_norm"].map((name) =>
      createTensorCell(`${weight.name}_${name}`, [1], weight.dtype),
    );
    const [weightNorm = direction, directionNorm = direction] = norms;
    try {
      invoke("lamb_update_phase1", {
        inputs: [weight, grad, ...slotsOf(state)],
        attributes: {
          wd: this.wdOf(index),
          rescale_grad: this.rescaleGrad,
          clip_gradient: this.clip,
          beta1: this.#beta1,
          beta2: this.#beta2,
          epsilon: this.#epsilon,
          t,
          bias_correction: this.#biasCorrection,
        },
        out: direction,
      });
      normInto(weightNorm, weight);
      normInto(directionNorm, direction);
      invoke("lamb_update_phase2", {
        inputs: [weight, direction, weightNorm, directionNorm],
        attributes: { lr: this.lrOf(index), lower_bound: this.#lowerBound, upper_bound: this.#upperBound },
        out: weight,
      });
    } finally {
      for (const cell of [direction, ...norms]) cell.dispose();
    }
  }
}
