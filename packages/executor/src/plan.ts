import type { DType, Shape } from "@mxgraft/base";
import type { Layout, ResolvedOperator } from "@mxgraft/operator";
import type { TfjsKernel } from "@mxgraft/tfjs";

/**
 * One array of a bound graph in one layout: the output of a node, a variable, or either brought into another layout.
 * Values and gradients of a step are kept by slot number.
 */
export interface Slot {
  readonly id: number;
  /** MXNet's shape. */
  readonly shape: Shape;
  readonly dtype: DType;
  readonly layout: Layout;
  /** Name of the variable whose cell holds the value; such a value is never freed by a step. */
  readonly variable?: string;
  /** Whether backward needs the gradient. */
  readonly wantsGradient: boolean;
  /** How many steps and outputs of the graph take the value. */
  readonly users: number;
}

/** A node with everything decided that does not depend on values. */
export interface OperatorStep {
  readonly kind: "operator";
  readonly node: string;
  readonly operator: ResolvedOperator;
  readonly kernel: TfjsKernel;
  /** Slots of the arguments. */
  readonly inputs: readonly number[];
  /** Slots of the outputs, hidden ones too. */
  readonly outputs: readonly number[];
  readonly visibleOutputs: number;
  /** Names of the auxiliary states. */
  readonly states: readonly string[];
  /** Arguments that forward overwrites, as names of their variables; `undefined` for one that another node computes. */
  readonly mutated: readonly (string | undefined)[];
  readonly outputShapes: readonly Shape[];
  readonly inputShapes: readonly Shape[];
  /** Whether the gradient of each argument is needed; none when backward skips the node. */
  readonly wanted: readonly boolean[];
  readonly needsHeadGradient: boolean;
  /** Slots that are freed once this step has run forward. */
  readonly frees: readonly number[];
}

/** A slot brought into another layout. */
export interface LayoutStep {
  readonly kind: "layout";
  readonly from: number;
  readonly to: number;
  readonly frees: readonly number[];
}

export type Step = OperatorStep | LayoutStep;

/** An auxiliary state or argument that the executor allocates. */
export interface PlannedVariable {
  readonly name: string;
  readonly shape: Shape;
  readonly dtype: DType;
  readonly layout: Layout;
}

export interface PlannedState extends PlannedVariable {
  readonly storage: "tensor" | "host" | "variable";
}

export interface PlannedOutput {
  readonly name: string;
  readonly slot: number;
  readonly shape: Shape;
  readonly dtype: DType;
}

/** What a step runs, in order; made once when a symbol is bound. */
export interface Plan {
  readonly slots: readonly Slot[];
  /** Slots of the variables, in the order in which their gradients are stored. */
  readonly variables: readonly number[];
  readonly steps: readonly Step[];
  readonly arguments: readonly PlannedVariable[];
  readonly states: readonly PlannedState[];
  readonly outputs: readonly PlannedOutput[];
}
