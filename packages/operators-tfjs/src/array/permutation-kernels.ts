import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";

/**
 * The kernels of an operator that puts axes in another order. Data is asked for in a layout in which it lies in memory
 * as the output does, so nothing moves where it comes in that layout, as from a convolution.
 *
 * @param axesOf  the axis of data that each axis of the output is.
 */
export function permutationKernels<A extends object>(
  axesOf: (attributes: A, rank: number) => number[],
): KernelTable<A> {
  const portable: TfjsKernel<A> = {
    layouts(attributes, [shape = []]) {
      const axes = axesOf(attributes, shape.length);
      return { arguments: [axes.every((axis, i) => axis === i) ? undefined : axes], outputs: [undefined] };
    },
    forward: ({ inputs: [data] }) => (data ? [tf.clone(data)] : []),
    backward: ({ headGradients: [dy] }) => (dy ? [tf.clone(dy)] : []),
  };
  return { portable };
}
