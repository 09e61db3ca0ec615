import type * as tf from "@tensorflow/tfjs";

type Conv3DInfo = ReturnType<typeof tf.backend_util.computeConv3DInfo>;

/**
 * Visits every pair of an output position and a point of the filter that covers an input position there.
 *
 * @param visit  gets the offsets of the first channel of the input and of the output, and the number of the point.
 */
export function forEachConv3DPair(
  info: Conv3DInfo,
  visit: (input: number, output: number, point: number) => void,
): void {
  const { batchSize, inDepth, inHeight, inWidth, inChannels, outDepth, outHeight, outWidth, outChannels } = info;
  const { filterDepth, filterHeight, filterWidth, strideDepth, strideHeight, strideWidth, padInfo } = info;
  const points = filterDepth * filterHeight * filterWidth;
  let output = 0;
  for (let b = 0; b < batchSize; b++) {
    for (let oz = 0; oz < outDepth; oz++) {
      for (let oy = 0; oy < outHeight; oy++) {
        for (let ox = 0; ox < outWidth; ox++, output += outChannels) {
          for (let point = 0; point < points; point++) {
            const z = oz * strideDepth - padInfo.front + Math.floor(point / (filterHeight * filterWidth));
            const y = oy * strideHeight - padInfo.top + (Math.floor(point / filterWidth) % filterHeight);
            const x = ox * strideWidth - padInfo.left + (point % filterWidth);
            if (z < 0 || z >= inDepth || y < 0 || y >= inHeight || x < 0 || x >= inWidth) continue;
            visit((((b * inDepth + z) * inHeight + y) * inWidth + x) * inChannels, output, point);
          }
        }
      }
    }
  }
}
