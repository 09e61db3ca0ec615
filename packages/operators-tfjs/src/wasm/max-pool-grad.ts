import * as tf from "@tensorflow/tfjs";
import { floatsOf, wasmKernel } from "./wasm-kernel.ts";

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

/**
 * The gradient of max pooling. The kernel of tfjs-backend-wasm 4.22 drops the gradient of windows whose maximum is
 * negative. Of equal maxima the first, in row-major order, gets it, as in TensorFlow and MXNet.
 */
export const maxPoolGrad = wasmKernel<Inputs, Attributes>("MaxPoolGrad", () => ({ inputs, attrs, backend }) => {
  const { filterSize, strides, pad, dimRoundingMode } = attrs;
  const [n = 0, h = 0, w = 0, channels = 0] = inputs.input.shape;
  const info = tf.backend_util.computePool2DInfo([n, h, w, channels], filterSize, strides, 1, pad, dimRoundingMode);
  const { inHeight, inWidth, outHeight, outWidth, filterHeight, filterWidth, padInfo } = info;
  const result = backend.makeOutput([...inputs.input.shape], "float32");
  const dx = floatsOf(backend, result);
  const [x, dy] = [floatsOf(backend, inputs.input), floatsOf(backend, inputs.dy)];
  dx.fill(0);
  let output = 0;
  for (let b = 0; b < n; b++) {
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
  return result;
});
