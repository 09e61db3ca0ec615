import { createTensorCell, invoke, type StateCell, type TensorCell, zerosLike } from "@mxgraft/executor";
import { boolean, number, readOptions } from "../read-options.ts";
import { Optimizer, type OptimizerOptions, optimizerRules } from "./optimizer.ts";
import type { OptimizerState, ParameterIndex } from "./optimizer-state.ts";
import { slotOf } from "./slots-of.ts";

export interface LARSOptions extends OptimizerOptions {
  readonly momentum?: number;
  readonly eta?: number;
  readonly eps?: number;
  readonly momentumCorrection?: boolean;
  /** Taken and without effect: gradients are dense. */
  readonly lazyUpdate?: boolean;
}

/**
 * Gradient descent with a rate for each layer (You et al., arXiv 1708.03888), but for parameters whose names end in
 * "gamma", "beta" or "bias":
 *
 *   rate     = lr * eta * |weight| / (|rescaleGrad * grad| + wd * |weight| + eps)      lr where a norm is 0
 *   momentum = momentum_rate * momentum - rate * (clip(rescaleGrad * grad) + wd * weight)
 *   weight   = weight + momentum
 *
 * Weight decay is on only for parameters whose names end in "_weight".
 *
 * @param momentum            momentum_rate, default 0, which makes it plain descent without a slot.
 * @param eta                 default 0.001.
 * @param eps                 default 0.
 * @param momentumCorrection  when a scheduler changes the rate, momentum_rate is multiplied by new rate / old rate
 *                            once; default true. MXNet does so only for the first four parameters of the step.
 */
export class LARS extends Optimizer {
  readonly #momentum: number;
  readonly #eta: number;
  readonly #eps: number;
  readonly #momentumCorrection: boolean;
  #rateNow: number | null = null;
  #rateBefore: number | null = null;
  #step = -1;

  constructor(options: LARSOptions = {}) {
    const { lazyUpdate: _, ...given } = readOptions('Optimizer "lars"', options, {
      momentum: number(0, { min: 0 }),
      eta: number(0.001),
      eps: number(0),
      momentumCorrection: boolean(true),
      lazyUpdate: boolean(true),
      ...optimizerRules,
    });
    super("lars", given);
    this.#momentum = given.momentum;
    this.#eta = given.eta;
    this.#eps = given.eps;
    this.#momentumCorrection = given.momentumCorrection;
  }

  override createState(_index: ParameterIndex, weight: StateCell): OptimizerState {
    return this.#momentum === 0 ? null : zerosLike(weight, `${weight.name}_momentum`);
  }

  protected override decays(name: string): boolean {
    return name.endsWith("_weight");
  }

  override update(index: ParameterIndex, weight: StateCell, grad: StateCell, state: OptimizerState): void {
    this.countUpdate(index);
    const momentum = this.#momentum * this.#momentumFactor();
    const name = this.idx2name.get(index) ?? String(index);
    const rate = scalarCell(`${name}_rate`, this.lrOf(index));
    const decay = scalarCell(`${name}_decay`, this.wdOf(index));
    try {
      if (!/(gamma|beta|bias)$/.test(name)) this.#scaleRate(rate, decay, weight, grad);
      const attributes = { rescale_grad: this.rescaleGrad, clip_gradient: this.clip, num_weights: 1 };
      if (state === null) {
        invoke("preloaded_multi_sgd_update", { inputs: [weight, grad, rate, decay], attributes, out: weight });
      } else {
        invoke("preloaded_multi_sgd_mom_update", {
          inputs: [weight, grad, slotOf(state), rate, decay],
          attributes: { ...attributes, momentum },
          out: weight,
        });
      }
    } finally {
      for (const cell of [rate, decay]) cell.dispose();
    }
  }

  /** Multiplies a rate by the factor of its layer, without reading the norms back. */
  #scaleRate(rate: TensorCell, decay: TensorCell, weight: StateCell, grad: StateCell): void {
    const squares = [weight, grad].map((cell) => {
      const sum = scalarCell(`${cell.name}_square`, 0);
      invoke("multi_sum_sq", { inputs: [cell], attributes: { num_arrays: 1 }, out: sum });
      return sum;
    });
    try {
      invoke("multi_lars", {
        inputs: [rate, ...squares, decay],
        attributes: { eta: this.#eta, eps: this.#eps, rescale_grad: this.rescaleGrad },
        out: rate,
      });
    } finally {
      for (const cell of squares) cell.dispose();
    }
  }

  /** New rate / old rate in the step in which the scheduler changes it, else 1. */
  #momentumFactor(): number {
    if (this.numUpdate !== this.#step) {
      const rate = this.learningRate;
      this.#step = this.numUpdate;
      this.#rateBefore = this.#rateNow ?? rate;
      this.#rateNow = rate;
    }
    if (!this.#momentumCorrection || !this.#rateBefore || this.#rateNow === null) return 1;
    return this.#rateNow / this.#rateBefore;
  }

  protected override extraNumbers(): readonly number[] {
    return this.#rateNow === null || this.#rateBefore === null ? [] : [this.#rateNow, this.#rateBefore, this.#step];
  }

  protected override setExtraNumbers([now, before, step]: readonly number[]): void {
    this.#rateNow = now ?? null;
    this.#rateBefore = before ?? null;
    this.#step = step ?? -1;
  }
}

function scalarCell(name: string, value: number): TensorCell {
  const cell = createTensorCell(name, [1], "float32");
  cell.set({ dtype: "float32", shape: [1], data: Float32Array.of(value) });
  return cell;
}
