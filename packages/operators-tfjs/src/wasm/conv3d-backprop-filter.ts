import * as tf from "@tensorflow/tfjs";
import { forEachConv3DPair } from "./conv3d-positions.ts";
import { floatsOf, wasmKernel } from "./wasm-kernel.ts";

interface Inputs {
  readonly x: tf.TensorInfo;
  readonly dy: tf.TensorInfo;
}

interface Attributes {
  readonly strides: [number, number, number] | number;
  readonly pad: "valid" | "same";
  readonly filterShape: [number, number, number, number, number];
}

/** The gradient of the filter of a convolution over three axes, of which tfjs-backend-wasm 4.22 gives other numbers. */
export const conv3DBackpropFilter = wasmKernel<Inputs, Attributes>(
  "Conv3DBackpropFilterV2",
  () =>
    ({ inputs: { x, dy }, attrs: { strides, pad, filterShape }, backend }) => {
      const [n = 0, depth = 0, height = 0, width = 0, channels = 0] = x.shape;
      const outputs = filterShape[4];
      const info = tf.backend_util.computeConv3DInfo([n, depth, height, width, channels], filterShape, strides, 1, pad);
      const result = backend.makeOutput([...filterShape], "float32");
      const [dw, xs, dys] = [floatsOf(backend, result), floatsOf(backend, x), floatsOf(backend, dy)];
      dw.fill(0);
      forEachConv3DPair(info, (input, output, point) => {
        for (let c = 0; c < channels; c++) {
          const value = xs[input + c] as number;
          const row = (point * channels + c) * outputs;
          for (let o = 0; o < outputs; o++) dw[row + o] = (dw[row + o] as number) + value * (dys[output + o] as number);
        }
      });
      return result;
    },
);
