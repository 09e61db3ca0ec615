import type { AmpMulticastAttributes } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";

/** All types of real numbers are float32 on a backend. */
const portable: TfjsKernel<AmpMulticastAttributes> = {
  forward: ({ inputs }) => inputs.map((x) => tf.clone(x)),
  backward: ({ headGradients }) => headGradients.map((dy) => dy && tf.clone(dy)),
};

/** Kernels of amp_multicast. */
export const ampMulticastKernels: KernelTable<AmpMulticastAttributes> = { portable };
