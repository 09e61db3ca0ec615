import type { TensorCell } from "@mxgraft/tfjs";
import type * as tf from "@tensorflow/tfjs";
import type { BoundOperatorStep, BoundStep } from "./bound-step.ts";
import type { Invocation } from "./capture-invocations.ts";
import type { CarrierName } from "./carrier-name.ts";
import type { FusedStep } from "./fuse-steps.ts";
import type { PreparedWeights } from "./fused-evaluation.ts";
import type { Gradients } from "./gradients.ts";
import type { StepExpression } from "./step-expression.ts";
import type { StepSums, TakenSums } from "./step-sums.ts";

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

/** Forward of an evaluation. */
export interface Run {
  readonly parts: readonly Part[];
  /** What it adds to; absent when it was asked for none, or when they cannot be computed in it. */
  readonly sums?: StepSums | undefined;
}

/** A whole training step. */
export interface CompiledRun extends Pick<Run, "sums"> {
  readonly part: CompiledPart;
}

export interface EvaluationRequest {
  /** The steps with neighbours fused, always the same ones, and what `pack` gave for them; without, one by one. */
  readonly fused:
    | { readonly steps: readonly (BoundStep | FusedStep)[]; readonly prepared: PreparedWeights }
    | undefined;
  /** Numbers that are added up on the device. */
  readonly sums: readonly StepExpression[];
  /** Names of the arguments that get new values at each run. */
  readonly fed: readonly string[];
}

/** A bound graph as graphs of TensorFlow. */
export interface Compilation {
  readonly report: CompilationReport;
  /** As in the report, which is made anew each time. */
  readonly stepReason: string | undefined;
  /**
   * Forward of a training step.
   *
   * @param fed  names of the arguments that get new values at each run.
   */
  forward(fed: readonly string[]): readonly Part[];
  /** Whether a step with a fused kernel can be compiled as one. */
  fuses(step: BoundOperatorStep): boolean;
  /** Prepared weights as `evaluate` wants them; always of the same steps. */
  pack(steps: readonly FusedStep[], prepared: PreparedWeights): PreparedWeights;
  evaluate(request: EvaluationRequest): Run;
  /** @param heads  slots of the outputs that get a gradient; the parts go with the last training forward. */
  backward(heads: readonly number[]): readonly Part[];
  /** A whole training step; `undefined` when it cannot be one call, without its sums when only they cannot. */
  train(step: TrainingStep, fed: readonly string[]): CompiledRun | undefined;
  /** What sums of these expressions have come to since the last call. */
  takeSums(sums: readonly StepExpression[]): TakenSums;
  dispose(): void;
}
