import { deformableConvolutionKernels } from "./deformable-convolution-kernels.ts";

/** Kernels of _contrib_DeformableConvolution. */
export const contribDeformableConvolutionKernels = deformableConvolutionKernels(false);
