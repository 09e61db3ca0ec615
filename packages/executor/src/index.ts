// Bind a symbol and run it

// Arrays that live from step to step
export { createTensorCell, type StateCell, type TensorCell } from "@mxgraft/tfjs";
export { Executor, type ExecutorCells, type ForwardOptions, type TrainStepOptions } from "./executor.ts";
// Run one operator on arrays
export { type InvokeOptions, invoke, zerosLike } from "./invoke.ts";
export type { Output } from "./output.ts";

// Compiled mode
export { captureInvocations, type Invocation } from "./capture-invocations.ts";
export type { CompilationReport, EagerNode, NodeCompilation } from "./compilation.ts";
export { CARRIERS, type CarrierName } from "./carrier-name.ts";
export { type CompiledModeState, compiledModeState } from "./compiled-mode-state.ts";
export { describeCompilation } from "./describe-compilation.ts";
export { EXECUTION_MODES, type ExecutionMode, executionMode } from "./execution-mode.ts";
export type { StepExpression } from "./step-expression.ts";
export type { TakenSums } from "./step-sums.ts";

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
