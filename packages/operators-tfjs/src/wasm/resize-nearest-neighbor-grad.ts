import type * as tf from "@tensorflow/tfjs";
import { floatsOf, wasmKernel } from "./wasm-kernel.ts";

interface Inputs {
  readonly images: tf.TensorInfo;
  readonly dy: tf.TensorInfo;
}

interface Attributes {
  readonly alignCorners: boolean;
  readonly halfPixelCenters?: boolean;
}

/** The input row or column that each output row or column was copied from. */
function sources(inputs: number, outputs: number, alignCorners: boolean): Int32Array {
  const scale = alignCorners && outputs > 1 ? (inputs - 1) / (outputs - 1) : inputs / outputs;
  return Int32Array.from({ length: outputs }, (_, i) =>
    Math.min(inputs - 1, alignCorners ? Math.round(i * scale) : Math.floor(i * scale)),
  );
}

/**
 * The gradient of resizing to the nearest neighbour: each input pixel gets the sum over its copies. The kernel of
 * tfjs-backend-wasm 4.22 gives other numbers.
 */
export const resizeNearestNeighborGrad = wasmKernel<Inputs, Attributes>(
  "ResizeNearestNeighborGrad",
  () =>
    ({ inputs: { images, dy }, attrs, backend }) => {
      const [batch = 0, height = 0, width = 0, channels = 0] = images.shape;
      const [, outHeight = 0, outWidth = 0] = dy.shape;
      const rows = sources(height, outHeight, attrs.alignCorners);
      const columns = sources(width, outWidth, attrs.alignCorners);
      const result = backend.makeOutput([...images.shape], "float32");
      const [dx, dys] = [floatsOf(backend, result), floatsOf(backend, dy)];
      dx.fill(0);
      let from = 0;
      for (let b = 0; b < batch; b++) {
        for (const row of rows) {
          for (const column of columns) {
            const to = ((b * height + row) * width + column) * channels;
            for (let c = 0; c < channels; c++, from++) dx[to + c] = (dx[to + c] as number) + (dys[from] as number);
          }
        }
      }
      return result;
    },
);
