import type { BackwardCall, ForwardCall, Kernel } from "@mxgraft/operator";
import type * as tf from "@tensorflow/tfjs";
import type { StateCell } from "./state-cell.ts";

/** The computation of an operator on TensorFlow.js. */
export type TfjsKernel<A extends object = object> = Kernel<A, tf.Tensor, StateCell>;
export type TfjsForwardCall<A extends object = object> = ForwardCall<A, tf.Tensor, StateCell>;
export type TfjsBackwardCall<A extends object = object> = BackwardCall<A, tf.Tensor, StateCell>;

/** Backends that can have a kernel of their own. */
export type KernelBackend = "tensorflow" | "webgpu" | "wasm" | "webgl" | "cpu";

/**
 * The kernels of one operator: `portable` is written with tfjs operations and runs on every backend; a backend's own
 * takes its place there.
 */
export type KernelTable<A extends object = object> = { readonly [B in KernelBackend | "portable"]?: TfjsKernel<A> };
