import * as tf from "@tensorflow/tfjs";
import { type HeapFunctions, heapFunctionsOf } from "./vector/heap-functions.ts";
import { NUMBER } from "./vector/vectors.ts";
import { addressOf, floatsOf, wasmKernel } from "./wasm-kernel.ts";

interface Inputs {
  readonly dy: tf.TensorInfo;
  readonly input: tf.TensorInfo;
}

interface Attributes {
  readonly filterSize: [number, number] | number;
  readonly strides: [number, number] | number;
  readonly pad: "valid" | "same" | number;
  readonly dimRoundingMode?: "floor" | "round" | "ceil";
}

type Pool2DInfo = ReturnType<typeof tf.backend_util.computePool2DInfo>;

/** Where the tensors of a max pooling lie on the heap. */
interface Places {
  readonly x: number;
  readonly dy: number;
  readonly dx: number;
}

/** Adds the gradient of all windows to `dx`, which holds zeros, with vectors. */
function addWithVectors(heap: HeapFunctions, info: Pool2DInfo, { x, dy, dx }: Places): void {
  const { inHeight, inWidth, outHeight, outWidth, inChannels: channels, filterHeight, filterWidth, padInfo } = info;
  const pixel = channels * NUMBER;
  const line = inWidth * pixel;
  const windowStep = info.strideWidth * pixel;
  // Windows that reach beyond an end of the line are visited alone.
  const isWhole = (ox: number) => {
    const left = ox * info.strideWidth - padInfo.left;
    return left >= 0 && left + filterWidth <= inWidth;
  };
  for (let b = 0; b < info.batchSize; b++) {
    for (let oy = 0; oy < outHeight; oy++) {
      const top = oy * info.strideHeight - padInfo.top;
      const [firstY, endY] = [Math.max(0, top), Math.min(inHeight, top + filterHeight)];
      const lines = (b * inHeight + firstY) * line;
      for (let ox = 0, windows = 1; ox < outWidth; ox += windows) {
        windows = 1;
        if (isWhole(ox)) while (ox + windows < outWidth && isWhole(ox + windows)) windows++;
        const left = ox * info.strideWidth - padInfo.left;
        const [firstX, endX] = [Math.max(0, left), Math.min(inWidth, left + filterWidth)];
        if (endX <= firstX || endY <= firstY) continue;
        const offset = lines + firstX * pixel;
        heap.maxPoolGradient({
          x: x + offset,
          dy: dy + ((b * outHeight + oy) * outWidth + ox) * pixel,
          dx: dx + offset,
          windows,
          windowStep,
          across: endX - firstX,
          down: endY - firstY,
          line,
          channels,
        });
      }
    }
  }
}

/** The same without vectors. */
function addWithoutVectors(info: Pool2DInfo, x: Float32Array, dy: Float32Array, dx: Float32Array): void {
  const { inHeight, inWidth, outHeight, outWidth, inChannels: channels, filterHeight, filterWidth, padInfo } = info;
  let output = 0;
  for (let b = 0; b < info.batchSize; b++) {
    for (let oy = 0; oy < outHeight; oy++) {
      const top = oy * info.strideHeight - padInfo.top;
      const [firstY, endY] = [Math.max(0, top), Math.min(inHeight, top + filterHeight)];
      for (let ox = 0; ox < outWidth; ox++) {
        const left = ox * info.strideWidth - padInfo.left;
        const [firstX, endX] = [Math.max(0, left), Math.min(inWidth, left + filterWidth)];
        for (let c = 0; c < channels; c++, output++) {
          let largest = Number.NEGATIVE_INFINITY;
          let at = -1;
          for (let y = firstY; y < endY; y++) {
            let i = ((b * inHeight + y) * inWidth + firstX) * channels + c;
            for (let column = firstX; column < endX; column++, i += channels) {
              const value = x[i] as number;
              if (value > largest) {
                largest = value;
                at = i;
              }
            }
          }
          if (at >= 0) dx[at] = (dx[at] as number) + (dy[output] as number);
        }
      }
    }
  }
}

/**
 * The gradient of max pooling. The kernel of tfjs-backend-wasm 4.22 drops the gradient of windows whose maximum is
 * negative. Of equal maxima the first, in row-major order, gets it, as in TensorFlow and MXNet.
 */
export const maxPoolGrad = wasmKernel<Inputs, Attributes>("MaxPoolGrad", () => ({ inputs, attrs, backend }) => {
  const { filterSize, strides, pad, dimRoundingMode } = attrs;
  const { dy, input } = inputs;
  const [n = 0, h = 0, w = 0, channels = 0] = input.shape;
  const info = tf.backend_util.computePool2DInfo([n, h, w, channels], filterSize, strides, 1, pad, dimRoundingMode);
  const result = backend.makeOutput([...input.shape], "float32");
  const dx = floatsOf(backend, result);
  dx.fill(0);
  const heap = heapFunctionsOf(backend);
  if (heap && dx.length > 0) {
    const places = { x: addressOf(backend, input), dy: addressOf(backend, dy), dx: addressOf(backend, result) };
    addWithVectors(heap, info, places);
  } else {
    addWithoutVectors(info, floatsOf(backend, input), floatsOf(backend, dy), dx);
  }
  return result;
});
