import { formatShape, ShapeError, UsageError } from "@mxgraft/base";
import { createTensorCell, invoke, type StateCell } from "@mxgraft/executor";
import { number, readOptions } from "../read-options.ts";
import { Optimizer, type OptimizerOptions, optimizerRules } from "./optimizer.ts";
import type { OptimizerState, ParameterIndex } from "./optimizer-state.ts";
import { slotOf } from "./slots-of.ts";

export interface GroupAdaGradOptions extends OptimizerOptions {
  readonly eps?: number;
}

/**
 * AdaGrad with one rate for each row, for tables of embeddings:
 *
 *   g       = clip(rescaleGrad * grad)
 *   history = history + mean of g^2 over the row
 *   weight  = weight - lr * g / sqrt(history + eps)
 *
 * It takes matrices only, and no weight decay.
 *
 * @param eps  default 1e-5.
 */
export class GroupAdaGrad extends Optimizer {
  readonly #eps: number;

  constructor(options: GroupAdaGradOptions = {}) {
    const { eps, ...common } = readOptions('Optimizer "groupadagrad"', options, {
      eps: number(1e-5),
      ...optimizerRules,
    });
    super("groupadagrad", common);
    this.#eps = eps;
  }

  /** @throws ShapeError  the parameter is no matrix. */
  override createState(_index: ParameterIndex, weight: StateCell): OptimizerState {
    const [rows = 0] = weight.shape;
    if (weight.shape.length !== 2) {
      throw new ShapeError(
        `Optimizer "groupadagrad": parameter "${weight.name}" has shape ${formatShape(weight.shape)}, expected two axes. Give parameters of other shapes another optimizer.`,
        { argument: weight.name, actual: weight.shape },
      );
    }
    return createTensorCell(`${weight.name}_history`, [rows, 1], weight.dtype);
  }

  /** @throws UsageError  the parameter has weight decay. */
  override update(index: ParameterIndex, weight: StateCell, grad: StateCell, state: OptimizerState): void {
    this.countUpdate(index);
    const wd = this.wdOf(index);
    if (wd !== 0) {
      throw new UsageError(
        `Optimizer "groupadagrad": parameter "${weight.name}" has weight decay ${wd}; this optimizer has none. Set wd to 0.`,
        { argument: "wd", actual: wd },
      );
    }
    invoke("_contrib_group_adagrad_update", {
      inputs: [weight, grad, slotOf(state)],
      attributes: {
        lr: this.lrOf(index),
        rescale_grad: this.rescaleGrad,
        clip_gradient: this.clip,
        epsilon: this.#eps,
      },
      out: weight,
    });
  }
}
