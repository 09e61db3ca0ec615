import type { AddNAttributes } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";

const portable: TfjsKernel<AddNAttributes> = {
  layouts: (_, shapes) => ({ arguments: shapes.map(() => "any"), outputs: ["any"] }),
  forward: ({ inputs }) => [tf.addN([...inputs])],
  backward: ({ headGradients: [dy], wanted }) => wanted.map((want) => (want && dy ? tf.clone(dy) : undefined)),
};

/** Kernels of add_n. */
export const addNKernels: KernelTable<AddNAttributes> = { portable };
