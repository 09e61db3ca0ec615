import { type StateCell, zerosLike } from "@mxgraft/executor";
import { readOptions } from "../read-options.ts";
import { add, assign, multiply } from "./cell-expression.ts";
import { Optimizer, type OptimizerOptions, optimizerRules } from "./optimizer.ts";
import type { OptimizerState, ParameterIndex } from "./optimizer-state.ts";
import { slotOf } from "./slots-of.ts";

/** MXNet's `Test` optimizer: weight = weight + rescaleGrad * grad, and the slot is a copy of the weight. */
export class TestOptimizer extends Optimizer {
  constructor(options: OptimizerOptions = {}) {
    super("test", readOptions('Optimizer "test"', options, optimizerRules));
  }

  override createState(_index: ParameterIndex, weight: StateCell): OptimizerState {
    return zerosLike(weight, `${weight.name}_copy`);
  }

  override update(_index: ParameterIndex, weight: StateCell, grad: StateCell, state: OptimizerState): void {
    assign(weight, add(weight, multiply(grad, this.rescaleGrad)));
    assign(slotOf(state), weight);
  }
}
