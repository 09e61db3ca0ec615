import { deformableConvolution } from "./deformable-convolution.ts";

/**
 * Deformable convolution with a weight for each point of the window (Zhu et al., arXiv 1811.11168). Unlike that of the
 * first version, interpolation goes on towards 0 for one row outside of data.
 *
 * Shapes (K points of the window, D = num_deformable_group, G = num_group):
 *   data    argument  (N, C, H, W)
 *   offset  argument  (N, 2 D K, H', W')  for each point y, then x, in pixels
 *   mask    argument  (N, D K, H', W')    what the point counts
 *   weight  argument  (O, C/G, kernel)
 *   bias    argument  (O)                 not there with `no_bias`
 *   output  output    (N, O, H', W')      sizes as of Convolution
 *
 * @throws ShapeError  channels are no multiple of the groups.
 */
export const contribModulatedDeformableConvolution = deformableConvolution(
  "_contrib_ModulatedDeformableConvolution",
  true,
);
