import type { Shape } from "@mxgraft/base";
import type { FusedCall } from "./fused-kernel.ts";
import type { GraphBuilder, GraphState, GraphValue } from "./graph-builder.ts";
import type { BackwardCall, ForwardCall } from "./kernel.ts";

/**
 * What a lowering's forward gets: the call of a kernel, with values of a graph for tensors. There is no stream of
 * random numbers: `seed` stands for it.
 */
export interface LoweredForwardCall<A> extends Omit<ForwardCall<A, GraphValue, GraphState>, "random"> {
  readonly graph: GraphBuilder;
  /** MXNet's shapes of the arguments. */
  readonly inputShapes: readonly Shape[];
  /** Two int32 numbers that differ at each step and node, for TensorFlow's `Stateless...` operators. */
  seed(): GraphValue;
}

/** What forward gives: the outputs, or these and what else its backward needs. */
export type LoweredOutputs =
  | readonly GraphValue[]
  | { readonly outputs: readonly GraphValue[]; readonly saved: readonly GraphValue[] };

export interface LoweredBackwardCall<A> extends Omit<BackwardCall<A, GraphValue, GraphState>, "random" | "present"> {
  readonly graph: GraphBuilder;
  /** What forward saved. */
  readonly saved: readonly GraphValue[];
  /** MXNet's shapes of the outputs. */
  readonly outputShapes: readonly Shape[];
}

/** What the lowering of a fused kernel gets; the kernel on tensorflow chose the algorithm and prepared the weights. */
export interface LoweredFusedCall<A> extends FusedCall<A, GraphValue> {
  readonly graph: GraphBuilder;
}

/** What turns the prepared weights of a fused kernel into what its lowering reads. */
export type LoweredPackCall<A> = Pick<
  LoweredFusedCall<A>,
  "graph" | "attributes" | "algorithm" | "prepared" | "inputShapes"
>;

/** What the lowering of an update rule gets, such as `sgd_mom_update`. */
export interface LoweredUpdateCall<A> {
  readonly graph: GraphBuilder;
  /** The attributes of the call that is compiled. Those asked for by `scalar` may differ at each step. */
  readonly attributes: A;
  readonly gradient: GraphValue;
  /** The weight, which is also the output. */
  readonly weight: GraphState;
  /** The arguments behind weight and gradient, e.g. the momentum. */
  readonly slots: readonly GraphState[];
  /** A float32 scalar with the value an attribute has at each step. All others are fixed: a change compiles anew. */
  scalar(attribute: keyof A & string): GraphValue;
}

/**
 * An operator in terms of TensorFlow's own, for compiled mode and for graphs that leave. It takes and gives arrays in
 * the layouts that the operator's kernel on tensorflow asks for.
 *
 * Where it can, a lowering asks the graph for the size of the batch (`Shape`, -1 in `Reshape`) and takes only the other
 * sizes from `inputShapes`: then batches of all sizes share one function.
 */
export interface Lowering<A extends object = object> {
  /** All outputs, hidden ones last. */
  forward?(call: LoweredForwardCall<A>): LoweredOutputs;
  /** The gradient of each argument, `undefined` for zero or not wanted. */
  backward?(call: LoweredBackwardCall<A>): readonly (GraphValue | undefined)[];
  /** As the kernel's `fused.forward`. */
  fused?(call: LoweredFusedCall<A>): GraphValue;
  /** What `fused` gets for the prepared weights, made once each time they are; those it gives back stay as they are. */
  pack?(call: LoweredPackCall<A>): readonly GraphValue[];
  /** For update rules: changes weight and slots in place. */
  update?(call: LoweredUpdateCall<A>): void;
  /** Operators of native code that it is made of. Where a graph has them not, the operator is run as if it had no lowering. */
  readonly natives?: readonly string[];
  /** Attributes or shapes it does not know how to do; the operator is recorded then. Default: it knows all. */
  accepts?(attributes: A, inputShapes: readonly Shape[]): boolean;
}

/** Lowerings by operator name. */
export type LoweringTable = Readonly<Record<string, Lowering>>;
