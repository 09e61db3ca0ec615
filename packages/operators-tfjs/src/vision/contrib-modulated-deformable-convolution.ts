import { deformableConvolutionKernels } from "./deformable-convolution-kernels.ts";

/** Kernels of _contrib_ModulatedDeformableConvolution. */
export const contribModulatedDeformableConvolutionKernels = deformableConvolutionKernels(true);
