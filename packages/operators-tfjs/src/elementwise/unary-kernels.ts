import type { NoAttributes } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { sameType } from "./same-type.ts";

/** A function of one element in tfjs operations. */
interface UnaryFunction {
  forward(x: tf.Tensor): tf.Tensor;
  /** dy/dx, from x or y as the spec says; absent where it is zero everywhere. */
  slope?(x: tf.Tensor, y: tf.Tensor): tf.Tensor | number;
}

/** head * slope. */
export function throughSlope(head: tf.Tensor, slope: tf.Tensor | number): tf.Tensor {
  return slope === 1 ? tf.clone(head) : tf.mul(head, slope);
}

/**
 * The kernels of a function of each element, the same in whatever order the array is kept.
 *
 * @param fusedAs  what the function is to a fused kernel before it.
 */
export function unaryKernels({ forward, slope }: UnaryFunction, fusedAs?: "relu"): KernelTable<NoAttributes> {
  const portable: TfjsKernel<NoAttributes> = {
    layouts: () => ({ arguments: ["any"], outputs: ["any"] }),
    forward: ({ inputs: [x] }) => (x ? [sameType(forward(x), x)] : []),
    backward({ inputs: [x], outputs: [y], headGradients: [dy] }) {
      return [slope && x && y && dy ? throughSlope(dy, slope(x, y)) : undefined];
    },
    elementwise: () => fusedAs,
  };
  return { portable };
}
