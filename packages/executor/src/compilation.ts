import type { TensorCell } from "@mxgraft/tfjs";
import type * as tf from "@tensorflow/tfjs";
import type { BoundOperatorStep, BoundStep } from "./bound-step.ts";
import type { Invocation } from "./capture-invocations.ts";
import type { CarrierName } from "./carrier-name.ts";
import type { FusedStep } from "./fuse-steps.ts";
import type { PreparedWeights } from "./fused-evaluation.ts";
import type { Gradients } from "./gradients.ts";
import type { StepExpression } from "./step-expression.ts";

/** What the parts of a run work on. */
export interface RunData {
  /** Values by slot; the numbers behind those of the plan are what compiled parts keep for backward. */
  readonly values: (tf.Tensor | undefined)[];
  /** In a backward run. */
  readonly gradients?: Gradients;
  /** In a fused evaluation. */
  readonly prepared?: PreparedWeights;
}

/** A stretch of a graph that one call runs. */
export interface CompiledPart {
  readonly kind: "compiled";
  run(data: RunData): void;
}

/** What a run goes through, in order. */
export type Part = BoundStep | CompiledPart;

/** A node that stays eager, and why. */
export interface EagerNode {
  readonly node: string;
  readonly operator: string;
  readonly reason: string;
}

/**
 * How a node runs in one direction: by a lowering, by what its kernel calls as that was recorded, or eagerly between
 * the compiled parts.
 */
export interface NodeCompilation {
  readonly node: string;
  readonly operator: string;
  readonly direction: "forward" | "backward";
  readonly how: "lowered" | "recorded" | "eager";
  /** Why it stays eager. */
  readonly reason?: string;
}

/** How a graph runs. */
export interface CompilationReport {
  readonly mode: "compiled" | "eager";
  /** What runs the compiled parts. */
  readonly carrier?: CarrierName;
  /** Why the carrier is not the fastest one, or why all of it is eager on a backend that could compile it. */
  readonly reason?: string;
  /** Nodes that run between the compiled parts. */
  readonly eagerNodes: readonly EagerNode[];
  /** Of a compiled graph, how each of the nodes run so far is, once a direction and way. */
  readonly nodes?: readonly NodeCompilation[];
  /** Why a training step is several calls, when it is. */
  readonly stepReason?: string;
  /** Why metrics are computed outside of the step, when they are. */
  readonly sumsReason?: string;
  /** How many training steps were compiled so far: more than one where shapes, optimizers or metrics changed. */
  readonly compiledSteps?: number;
}

/** How a parameter is updated: operators on its cell, its gradient's and those of slots. */
export interface ParameterUpdate {
  readonly weight: TensorCell;
  readonly gradient: TensorCell;
  readonly invocations: readonly Invocation[];
}

/** A whole training step. */
export interface TrainingStep {
  readonly updates: readonly ParameterUpdate[];
  /** Numbers that are added up on the device. */
  readonly sums: readonly StepExpression[];
}

/** A bound graph as graphs of TensorFlow. */
export interface Compilation {
  readonly report: CompilationReport;
  /** @param fed  names of the arguments that get new values at each run. */
  forward(isTrain: boolean, fed: readonly string[]): readonly Part[];
  /** Whether a step with a fused kernel can be compiled as one. */
  fuses(step: BoundOperatorStep): boolean;
  /** Forward of an evaluation with steps fused; always the same ones, and as many prepared tensors. */
  evaluate(
    steps: readonly (BoundStep | FusedStep)[],
    prepared: PreparedWeights,
    fed: readonly string[],
  ): readonly Part[];
  /** @param heads  slots of the outputs that get a gradient; the parts go with the last training forward. */
  backward(heads: readonly number[]): readonly Part[];
  /** A whole training step; `undefined` when it cannot be one call, without its sums when only they cannot. */
  train(
    step: TrainingStep,
    fed: readonly string[],
  ): { readonly part: CompiledPart; readonly sums: boolean } | undefined;
  /** What the sums have come to since the last call, in their order. */
  takeSums(): number[];
  dispose(): void;
}
