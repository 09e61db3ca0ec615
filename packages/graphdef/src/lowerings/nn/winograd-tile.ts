import type { ConvolutionPlan } from "./convolution-plan.ts";

/** In multiply-adds, measured on two cores: what it takes to read a weight from memory, and to transform a number. */
const READ_WEIGHT = 16;
const TRANSFORM = 25;
/** Fewer channels do not fill a register, which the transforms want. */
const LEAST_CHANNELS = 8;

/**
 * How a convolution is computed fastest: by plain sums of products (1), or by Winograd's algorithm for kernels of 3 x 3
 * points with the outputs in tiles of 2 x 2 or 4 x 4, which multiplies 2.25 or 4 times less often, but transforms data
 * and outputs and reads 1.8 or 4 times as many weights.
 *
 * @param plan   of a convolution over two axes, without groups.
 * @param batch  images.
 * @param sizes  rows and columns of the data.
 */
export function winogradTile(
  { weight, strides, pads }: ConvolutionPlan,
  batch: number,
  sizes: readonly number[],
): number {
  const [height, width, channels = 1, filters = 1] = weight;
  const isServed = height === 3 && width === 3 && strides.every((step) => step === 1) && channels >= LEAST_CHANNELS;
  if (!isServed) return 1;
  const costOf = (tile: number) => {
    const along = sizes.map((size, i) => Math.ceil((size + 2 * (pads[i] ?? 0) - 2) / tile));
    const tiles = along.reduce((product, count) => product * count, batch);
    const steps = tile === 1 ? 9 : (tile + 2) ** 2;
    const transforms = tile === 1 ? 0 : TRANSFORM * tiles * (channels + filters);
    return steps * ((tiles + READ_WEIGHT) * channels * filters + transforms);
  };
  return [1, 2, 4].reduce((best, tile) => (costOf(tile) < costOf(best) ? tile : best));
}
