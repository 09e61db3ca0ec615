// Bind a symbol and run it

// Arrays that live from step to step
export type { StateCell, TensorCell } from "@mxgraft/tfjs";
export { Executor, type ExecutorCells, type ForwardOptions } from "./executor.ts";
// Run one operator on arrays
export { type InvokeOptions, invoke, zerosLike } from "./invoke.ts";
export type { Output } from "./output.ts";

// What a step runs, for tools that look at it
export type {
  LayoutStep,
  OperatorStep,
  Plan,
  PlannedOutput,
  PlannedState,
  PlannedVariable,
  Slot,
  Step,
} from "./plan.ts";
export { type BindOptions, simpleBind } from "./simple-bind.ts";
