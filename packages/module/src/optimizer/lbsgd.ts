import { invoke, type StateCell, zerosLike } from "@mxgraft/executor";
import { integer, number, oneOf, readOptions } from "../read-options.ts";
import { add, assign, multiply, withValue } from "./cell-expression.ts";
import { Optimizer, type OptimizerOptions, optimizerRules } from "./optimizer.ts";
import type { OptimizerState, ParameterIndex } from "./optimizer-state.ts";
import { slotOf } from "./slots-of.ts";

export interface LBSGDOptions extends OptimizerOptions {
  readonly momentum?: number;
  readonly warmupStrategy?: "linear" | "power2" | "sqrt";
  readonly warmupEpochs?: number;
  readonly batchScale?: number;
  readonly updatesPerEpoch?: number;
  readonly beginEpoch?: number;
  readonly numEpochs?: number;
}

/**
 * Gradient descent as if the batches were larger: SGD on the mean gradient of every `batchScale` batches, with a rate
 * that grows to `batchScale` times its value over `warmupEpochs`:
 *
 *   rate = lr * (1 + (batchScale - 1) * f(n / (warmupEpochs * updatesPerEpoch)))    f(x) = x, x^2 or sqrt(x); n batches
 *
 * What was summed up of an unfinished large batch is in no checkpoint, as in MXNet, whose fourth strategy, "lars", is
 * not there yet.
 *
 * @param momentum         default 0.
 * @param warmupStrategy   "linear" (default), "power2" or "sqrt".
 * @param warmupEpochs     default 5.
 * @param batchScale       batches in a large one, default 1.
 * @param updatesPerEpoch  batches of an epoch, default 32.
 * @param beginEpoch       epochs done before, for the warm-up; default 0.
 * @param numEpochs        without effect, as in MXNet.
 */
export class LBSGD extends Optimizer {
  readonly #momentum: number;
  readonly #strategy: "linear" | "power2" | "sqrt";
  readonly #warmupUpdates: number;
  readonly #batchScale: number;
  readonly #updatesBefore: number;
  readonly #sums = new Map<ParameterIndex, StateCell>();

  constructor(options: LBSGDOptions = {}) {
    const given = readOptions('Optimizer "lbsgd"', options, {
      momentum: number(0, { min: 0 }),
      warmupStrategy: oneOf("linear", ["linear", "power2", "sqrt"]),
      warmupEpochs: integer(5),
      batchScale: integer(1, 1),
      updatesPerEpoch: integer(32, 1),
      beginEpoch: integer(0),
      numEpochs: integer(60),
      ...optimizerRules,
    });
    super("lbsgd", given);
    this.#momentum = given.momentum;
    this.#strategy = given.warmupStrategy;
    this.#warmupUpdates = given.warmupEpochs * given.updatesPerEpoch;
    this.#batchScale = given.batchScale;
    this.#updatesBefore = given.beginEpoch * given.updatesPerEpoch;
  }

  override createState(_index: ParameterIndex, weight: StateCell): OptimizerState {
    return this.#momentum === 0 ? null : zerosLike(weight, `${weight.name}_momentum`);
  }

  override update(index: ParameterIndex, weight: StateCell, grad: StateCell, state: OptimizerState): void {
    // As in MXNet, rate and decay are those before this update is counted.
    const [lr, wd] = [this.lrOf(index), this.wdOf(index)];
    const batches = this.#updatesBefore + this.countUpdate(index) - this.beginNumUpdate;
    if (this.#batchScale > 1) {
      const sum = this.#sums.get(index);
      if (sum === undefined) {
        const first = zerosLike(grad, `${grad.name}_sum`);
        assign(first, grad);
        this.#sums.set(index, first);
      } else assign(sum, add(sum, grad));
    }
    if (batches % this.#batchScale !== 0) return;
    const sum = this.#sums.get(index) ?? grad;
    withValue(grad, multiply(sum, 1 / this.#batchScale), (mean) => {
      const attributes = {
        lr: lr * this.#multiplier(batches),
        wd,
        rescale_grad: this.rescaleGrad,
        clip_gradient: this.clip,
        lazy_update: true,
      };
      if (state === null) invoke("sgd_update", { inputs: [weight, mean], attributes, out: weight });
      else {
        const inputs = [weight, mean, slotOf(state)];
        invoke("sgd_mom_update", { inputs, attributes: { ...attributes, momentum: this.#momentum }, out: weight });
      }
    });
    this.#sums.get(index)?.dispose();
    this.#sums.delete(index);
  }

  override dispose(): void {
    for (const sum of this.#sums.values()) sum.dispose();
    this.#sums.clear();
  }

  #multiplier(batches: number): number {
    if (batches >= this.#warmupUpdates) return this.#batchScale;
    if (this.#warmupUpdates <= 1) return 1;
    const part = batches / this.#warmupUpdates;
    const grown = { linear: part, power2: part * part, sqrt: Math.sqrt(part) };
    return 1 + (this.#batchScale - 1) * grown[this.#strategy];
  }
}
