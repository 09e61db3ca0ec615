import type { NoAttributes } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";

const portable: TfjsKernel<NoAttributes> = {
  forward: ({ inputs: [data] }) => (data ? [tf.clone(data)] : []),
  backward: ({ inputShapes: [shape = []] }) => [tf.ones([...shape])],
};

/** Kernels of make_loss. */
export const makeLossOfElementsKernels: KernelTable<NoAttributes> = { portable };
