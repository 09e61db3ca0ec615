import type { NoAttributes } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import type * as tf from "@tensorflow/tfjs";
import { sameType } from "./same-type.ts";
import { throughSlope } from "./unary-kernels.ts";

/** A function of two elements in tfjs operations, which repeat axes of size 1 themselves. */
export interface BinaryFunction {
  forward(a: tf.Tensor, b: tf.Tensor): tf.Tensor;
  /** dy/da and dy/db, from a, b or y as the spec says; absent where they are zero everywhere. */
  readonly slopes?: {
    left(a: tf.Tensor, b: tf.Tensor, y: tf.Tensor): tf.Tensor | number;
    right(a: tf.Tensor, b: tf.Tensor, y: tf.Tensor): tf.Tensor | number;
  };
}

/**
 * The kernels of a function of the elements of two arrays of one shape.
 *
 * @param fusedAs  what the function is to a fused kernel before it.
 */
export function binaryKernels({ forward, slopes }: BinaryFunction, fusedAs?: "sum"): KernelTable<NoAttributes> {
  const portable: TfjsKernel<NoAttributes> = {
    layouts: () => ({ arguments: ["any", "any"], outputs: ["any"] }),
    forward: ({ inputs: [a, b] }) => (a && b ? [sameType(forward(a, b), a)] : []),
    backward({ inputs: [a, b], outputs: [y], headGradients: [dy], wanted: [left, right] }) {
      if (!slopes || !a || !b || !y || !dy) return [undefined, undefined];
      return [
        left ? throughSlope(dy, slopes.left(a, b, y)) : undefined,
        right ? throughSlope(dy, slopes.right(a, b, y)) : undefined,
      ];
    },
    elementwise: () => fusedAs,
  };
  return { portable };
}
