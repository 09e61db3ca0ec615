import type { ScalarAttributes } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import type * as tf from "@tensorflow/tfjs";
import { sameType, scalarLike } from "./same-type.ts";
import { throughSlope } from "./unary-kernels.ts";

/** A function of one element and of a number in tfjs operations. */
interface ScalarFunction {
  /** `s` is the number in the type of `x`. */
  forward(x: tf.Tensor, s: tf.Tensor): tf.Tensor;
  /** dy/dx, from x or y as the spec says; absent where it is zero everywhere. */
  slope?(x: tf.Tensor, y: tf.Tensor, scalar: number): tf.Tensor | number;
}

/** The kernels of a function of each element and of the attribute `scalar`. */
export function scalarKernels({ forward, slope }: ScalarFunction): KernelTable<ScalarAttributes> {
  const portable: TfjsKernel<ScalarAttributes> = {
    layouts: () => ({ arguments: ["any"], outputs: ["any"] }),
    forward: ({ attributes, inputs: [x] }) => (x ? [sameType(forward(x, scalarLike(x, attributes.scalar)), x)] : []),
    backward({ attributes, inputs: [x], outputs: [y], headGradients: [dy] }) {
      return [slope && x && y && dy ? throughSlope(dy, slope(x, y, attributes.scalar)) : undefined];
    },
  };
  return { portable };
}
