import * as tf from "@tensorflow/tfjs";
import { forEachConv3DPair } from "./conv3d-positions.ts";
import { floatsOf, wasmKernel } from "./wasm-kernel.ts";

interface Inputs {
  readonly dy: tf.TensorInfo;
  readonly filter: tf.TensorInfo;
}

interface Attributes {
  readonly strides: [number, number, number] | number;
  readonly pad: "valid" | "same";
  readonly inputShape: [number, number, number, number, number];
}

/** The gradient of the input of a convolution over three axes, of which tfjs-backend-wasm 4.22 gives other numbers. */
export const conv3DBackpropInput = wasmKernel<Inputs, Attributes>(
  "Conv3DBackpropInputV2",
  () =>
    ({ inputs: { dy, filter }, attrs: { strides, pad, inputShape }, backend }) => {
      const [depth = 0, height = 0, width = 0, channels = 0, outputs = 0] = filter.shape;
      const filterShape: typeof inputShape = [depth, height, width, channels, outputs];
      const info = tf.backend_util.computeConv3DInfo(inputShape, filterShape, strides, 1, pad);
      const result = backend.makeOutput([...inputShape], "float32");
      const [dx, weights, dys] = [floatsOf(backend, result), floatsOf(backend, filter), floatsOf(backend, dy)];
      dx.fill(0);
      forEachConv3DPair(info, (input, output, point) => {
        for (let c = 0; c < channels; c++) {
          let total = dx[input + c] as number;
          const row = (point * channels + c) * outputs;
          for (let o = 0; o < outputs; o++) total += (weights[row + o] as number) * (dys[output + o] as number);
          dx[input + c] = total;
        }
      });
      return result;
    },
);
