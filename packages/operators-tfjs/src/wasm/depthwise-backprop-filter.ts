import * as tf from "@tensorflow/tfjs";
import { forEachDepthwisePair } from "./depthwise-positions.ts";
import { floatsOf, wasmKernel } from "./wasm-kernel.ts";

interface Inputs {
  readonly x: tf.TensorInfo;
  readonly dy: tf.TensorInfo;
}

interface Attributes {
  readonly strides: [number, number] | number;
  readonly dilations: [number, number] | number;
  readonly pad: "valid" | "same" | number | tf.backend_util.ExplicitPadding;
  readonly dimRoundingMode?: "floor" | "round" | "ceil";
  readonly filterShape: [number, number, number, number];
}

/** The gradient of a depthwise filter, which tfjs-backend-wasm 4.22 lacks. */
export const depthwiseBackpropFilter = wasmKernel<Inputs, Attributes>(
  "DepthwiseConv2dNativeBackpropFilter",
  () =>
    ({ inputs: { x, dy }, attrs, backend }) => {
      const { strides, dilations, pad, dimRoundingMode, filterShape } = attrs;
      const [n = 0, height = 0, width = 0, channels = 0] = x.shape;
      const info = tf.backend_util.computeConv2DInfo(
        [n, height, width, channels],
        filterShape,
        strides,
        dilations,
        pad,
        dimRoundingMode,
        true,
      );
      const result = backend.makeOutput([...filterShape], "float32");
      const [dw, xs, dys] = [floatsOf(backend, result), floatsOf(backend, x), floatsOf(backend, dy)];
      const perChannel = info.outChannels / channels;
      // In float32 the rounding of as many terms as there are positions would show.
      const exact = new Float64Array(dw.length);
      forEachDepthwisePair(info, (input, output, filter) => {
        for (let c = 0; c < channels; c++) {
          const value = xs[input + c] as number;
          for (let q = 0; q < perChannel; q++) {
            const o = c * perChannel + q;
            exact[filter + o] = (exact[filter + o] as number) + value * (dys[output + o] as number);
          }
        }
      });
      dw.set(exact);
      return result;
    },
);
