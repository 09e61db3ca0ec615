import { deformableConvolution } from "./deformable-convolution.ts";

/**
 * Convolution whose window points each move by an offset that is computed (Dai et al., arXiv 1703.06211); values
 * between the points of data are interpolated, those outside are 0.
 *
 * Shapes (K points of the window, D = num_deformable_group, G = num_group):
 *   data    argument  (N, C, H, W)
 *   offset  argument  (N, 2 D K, H', W')  for each point y, then x, in pixels
 *   weight  argument  (O, C/G, kernel)
 *   bias    argument  (O)                 not there with `no_bias`
 *   output  output    (N, O, H', W')      sizes as of Convolution
 *
 * @throws ShapeError  channels are no multiple of the groups.
 */
export const contribDeformableConvolution = deformableConvolution("_contrib_DeformableConvolution", false);
