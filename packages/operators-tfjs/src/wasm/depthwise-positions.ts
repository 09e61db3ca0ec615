import type * as tf from "@tensorflow/tfjs";

type ConvInfo = ReturnType<typeof tf.backend_util.computeConv2DInfo>;

/**
 * Visits every pair of an output position and a point of the filter that covers an input position there.
 *
 * @param visit  gets the offsets of the first channel of the input, of the output and of the filter.
 */
export function forEachDepthwisePair(
  info: ConvInfo,
  visit: (input: number, output: number, filter: number) => void,
): void {
  const { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, outChannels } = info;
  const { filterHeight, filterWidth, strideHeight, strideWidth, dilationHeight, dilationWidth, padInfo } = info;
  for (let b = 0; b < batchSize; b++) {
    for (let oy = 0; oy < outHeight; oy++) {
      for (let ox = 0; ox < outWidth; ox++) {
        const output = ((b * outHeight + oy) * outWidth + ox) * outChannels;
        for (let fy = 0; fy < filterHeight; fy++) {
          const iy = oy * strideHeight - padInfo.top + fy * dilationHeight;
          if (iy < 0 || iy >= inHeight) continue;
          for (let fx = 0; fx < filterWidth; fx++) {
            const ix = ox * strideWidth - padInfo.left + fx * dilationWidth;
            if (ix < 0 || ix >= inWidth) continue;
            visit(((b * inHeight + iy) * inWidth + ix) * inChannels, output, (fy * filterWidth + fx) * outChannels);
          }
        }
      }
    }
  }
}
