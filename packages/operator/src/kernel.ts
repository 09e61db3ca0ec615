import type { Random, Shape } from "@mxgraft/base";
import type { Affine, AffineCall, FusedActivation, FusedKernel } from "./fused-kernel.ts";

/**
 * The order in which a backend keeps the axes of an array: axis `i` in memory is MXNet's axis `layout[i]`.
 * `[0, 2, 3, 1]` is NHWC for MXNet's NCHW; `undefined` is MXNet's own order.
 */
export type Layout = readonly number[] | undefined;

/** `"any"`: the computation is the same in every order, so inputs of one shape keep the order they come in. */
export type LayoutWish = Layout | "any";

export interface Layouts {
  readonly arguments: readonly LayoutWish[];
  readonly outputs: readonly LayoutWish[];
}

/**
 * Where an auxiliary state lives: in a tensor that is replaced, in JavaScript memory that is changed in place, or in a
 * variable of the backend that is changed in place (a resource variable of TensorFlow).
 */
export type StateStorage = "tensor" | "host" | "variable";

/** What a kernel's forward gets. `T` is the backend's tensor, `C` its state cell. */
export interface ForwardCall<A, T, C> {
  readonly attributes: A;
  /** In the layouts the kernel asked for. They belong to the caller. */
  readonly inputs: readonly T[];
  readonly states: readonly C[];
  /** MXNet's shapes of all outputs, whatever their layout. */
  readonly outputShapes: readonly Shape[];
  readonly isTrain: boolean;
  /** The executor's seeded stream. */
  readonly random: Random;
}

export interface BackwardCall<A, T, C> {
  readonly attributes: A;
  /** Gradients of the visible outputs; `undefined` where nothing depends on an output, or for a loss. */
  readonly headGradients: readonly (T | undefined)[];
  /** As in forward; those the spec does not list in `backwardReads` are already freed. */
  readonly inputs: readonly T[];
  /** All outputs of forward, hidden ones too; those not in `backwardReads` are already freed. */
  readonly outputs: readonly T[];
  readonly states: readonly C[];
  /** Whether the gradient of each argument is needed. */
  readonly wanted: readonly boolean[];
  /**
   * For kernels that add to gradients: the gradient an argument has already, to which its own is added; `undefined`
   * where there is none or others add to it too.
   */
  readonly present?: readonly (T | undefined)[];
  /** MXNet's shapes of the arguments. */
  readonly inputShapes: readonly Shape[];
  readonly random: Random;
}

/**
 * The computation of an operator on a backend. Plain functions over tensors: what they allocate besides what they
 * return is freed by the caller, and what they return is new (a `clone` where an input passes through).
 */
export interface Kernel<A, T, C> {
  /**
   * The kernel reads data back or waits: its functions return promises, and free what they allocate besides what they
   * return themselves.
   */
  readonly asynchronous?: boolean;
  /**
   * All outputs, hidden ones last; after them the new value of each argument in the spec's `mutates`, in its order.
   */
  forward(call: ForwardCall<A, T, C>): readonly T[] | Promise<readonly T[]>;
  /** The gradient of each argument, `undefined` for zero or not wanted. Absent: the operator has no gradient here. */
  backward?(call: BackwardCall<A, T, C>): readonly (T | undefined)[] | Promise<readonly (T | undefined)[]>;
  /**
   * Backward adds to the gradients in `present` itself and returns the sums. MXNet asks custom operators to, with
   * `req` "add"; for all other kernels the executor adds.
   */
  readonly addsToGradients?: boolean;
  /** Wished layouts; by default MXNet's order everywhere. */
  layouts?(attributes: A, argumentShapes: readonly Shape[], outputShapes: readonly Shape[]): Layouts;
  /** Storage of each auxiliary state; by default tensors. */
  storage?(attributes: A): readonly StateStorage[];
  /** In an evaluation, computes what follows along with the operator. */
  readonly fused?: FusedKernel<A, T>;
  /** In an evaluation, the first output is the first argument with this done to it. */
  affine?(call: AffineCall<A, T, C>): Affine<T>;
  /** What the operator does element by element, for a fused kernel before it: adds two arrays, or applies a function. */
  elementwise?(attributes: A): "sum" | FusedActivation | undefined;
}
