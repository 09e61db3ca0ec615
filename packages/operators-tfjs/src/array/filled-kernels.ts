import type { FilledAttributes } from "@mxgraft/operators";
import { type KernelTable, type TfjsKernel, tensorType } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";

/** The kernels of an operator without arguments that makes an array of one value. */
export function filledKernels<A extends FilledAttributes>(contents: (attributes: A) => number): KernelTable<A> {
  const portable: TfjsKernel<A> = {
    forward({ attributes, outputShapes: [shape = []] }) {
      return [tf.fill([...shape], contents(attributes), tensorType(attributes.dtype))];
    },
    backward: () => [],
  };
  return { portable };
}
