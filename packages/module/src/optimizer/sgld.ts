import { float32Array, Random } from "@mxgraft/base";
import { type StateCell, zerosLike } from "@mxgraft/executor";
import { integer, readOptions } from "../read-options.ts";
import { add, assign, clip, multiply } from "./cell-expression.ts";
import { Optimizer, type OptimizerOptions, optimizerRules } from "./optimizer.ts";
import type { OptimizerState, ParameterIndex } from "./optimizer-state.ts";

export interface SGLDOptions extends OptimizerOptions {
  readonly seed?: number;
}

/**
 * Stochastic gradient Langevin dynamics (Patterson and Teh, 2013): steps with noise.
 *
 *   g      = clip(rescaleGrad * grad)
 *   weight = weight - lr/2 * (g + wd * weight) + noise        noise normal, variance lr
 *
 * @param seed  of the noise, default 0.
 */
export class SGLD extends Optimizer {
  #random: Random;

  constructor(options: SGLDOptions = {}) {
    const { seed, ...common } = readOptions('Optimizer "sgld"', options, { seed: integer(0), ...optimizerRules });
    super("sgld", common);
    this.#random = new Random(seed);
  }

  override update(index: ParameterIndex, weight: StateCell, grad: StateCell, _state: OptimizerState): void {
    this.countUpdate(index);
    const [lr, wd] = [this.lrOf(index), this.wdOf(index)];
    const noise = zerosLike(weight, `${weight.name}_noise`);
    const drawn = float32Array(weight.shape);
    for (let i = 0; i < drawn.data.length; i++) drawn.data[i] = Math.sqrt(lr) * this.#random.normal();
    noise.set(drawn);
    const g = clip(multiply(grad, this.rescaleGrad), this.clipGradient);
    assign(weight, add(add(weight, multiply(add(g, multiply(weight, wd)), -lr / 2)), noise));
    noise.dispose();
  }

  protected override extraNumbers(): readonly number[] {
    const { generator, spare } = this.#random.state();
    return spare === undefined ? generator : [...generator, spare];
  }

  protected override setExtraNumbers(numbers: readonly number[]): void {
    const count = this.#random.state().generator.length;
    const [spare] = numbers.slice(count);
    this.#random = new Random({ generator: numbers.slice(0, count), ...(spare === undefined ? {} : { spare }) });
  }
}
