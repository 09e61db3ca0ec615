import type { Shape } from "@mxgraft/base";

/** What a kernel can apply to its result along with computing it. */
export type FusedActivation = "relu";

/** One number each for every index of the axis that is last in memory: y = scale * x + shift. */
export interface Affine<T> {
  readonly scale: T;
  readonly shift: T;
  /** The new value of each argument in the spec's `mutates`, in its order. */
  readonly mutated: readonly T[];
}

/** What the kernel of an affine operator gets. */
export interface AffineCall<A, T, C> {
  readonly attributes: A;
  /** The arguments behind the first. */
  readonly weights: readonly T[];
  readonly states: readonly C[];
}

export interface PrepareCall<A, T> {
  readonly attributes: A;
  readonly algorithm: string;
  /** The arguments behind the first, in the layouts the kernel asked for. */
  readonly weights: readonly T[];
  /** What the operator behind this one does to its result. */
  readonly affine?: Affine<T> | undefined;
}

export interface FusedCall<A, T> {
  readonly attributes: A;
  readonly algorithm: string;
  /** The first argument. */
  readonly data: T;
  /** What `prepare` gave. */
  readonly prepared: readonly T[];
  /** An array like the result that is added to it. */
  readonly residual?: T | undefined;
  /** Applied last. */
  readonly activation?: FusedActivation | undefined;
  /** MXNet's shapes of the arguments. */
  readonly inputShapes: readonly Shape[];
  /** MXNet's shape of the output. */
  readonly outputShape: Shape;
}

/** What an evaluation computes in one go with an operator. */
export interface Followers {
  readonly affine: boolean;
  readonly sum: boolean;
  readonly activation: FusedActivation | undefined;
}

/**
 * How an operator that is linear in its first argument computes itself and what follows it in an evaluation:
 * activation(affine(operator(data)) + residual). Its weights are prepared once, with the affine part folded in.
 */
export interface FusedKernel<A, T> {
  /** Name of the way it is computed, which a lowering knows too; `undefined`: better one after the other. */
  choose(attributes: A, inputShapes: readonly Shape[], followers: Followers): string | undefined;
  /** New tensors (a `clone` where a weight stays as it is), kept until a weight changes. */
  prepare(call: PrepareCall<A, T>): readonly T[];
  forward(call: FusedCall<A, T>): T;
}
