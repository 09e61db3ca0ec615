import * as tf from "@tensorflow/tfjs";
import { forEachDepthwisePair } from "./depthwise-positions.ts";
import { floatsOf, wasmKernel } from "./wasm-kernel.ts";

interface Inputs {
  readonly dy: tf.TensorInfo;
  readonly filter: tf.TensorInfo;
}

interface Attributes {
  readonly strides: [number, number] | number;
  readonly dilations: [number, number] | number;
  readonly pad: "valid" | "same" | number | tf.backend_util.ExplicitPadding;
  readonly dimRoundingMode?: "floor" | "round" | "ceil";
  readonly inputShape: [number, number, number, number];
}

/** The gradient of a depthwise convolution's input, which tfjs-backend-wasm 4.22 lacks. */
export const depthwiseBackpropInput = wasmKernel<Inputs, Attributes>(
  "DepthwiseConv2dNativeBackpropInput",
  () =>
    ({ inputs: { dy, filter }, attrs, backend }) => {
      const { strides, dilations, pad, dimRoundingMode, inputShape } = attrs;
      const [height = 0, width = 0, channels = 0, perChannel = 0] = filter.shape;
      const info = tf.backend_util.computeConv2DInfo(
        inputShape,
        [height, width, channels, perChannel],
        strides,
        dilations,
        pad,
        dimRoundingMode,
        true,
      );
      const result = backend.makeOutput([...inputShape], "float32");
      const [dx, weights, dys] = [floatsOf(backend, result), floatsOf(backend, filter), floatsOf(backend, dy)];
      dx.fill(0);
      forEachDepthwisePair(info, (input, output, point) => {
        for (let c = 0; c < channels; c++) {
          let total = dx[input + c] as number;
          for (let q = 0; q < perChannel; q++) {
            const o = c * perChannel + q;
            total += (weights[point + o] as number) * (dys[output + o] as number);
          }
          dx[input + c] = total;
        }
      });
      return result;
    },
);
