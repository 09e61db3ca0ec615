import * as tf from "@tensorflow/tfjs";
import { convolve, isVectorConvolution } from "./vector/convolution.ts";
import { heapFunctionsOf } from "./vector/heap-functions.ts";
import { type WasmBackend, wasmKernel } from "./wasm-kernel.ts";

interface Inputs {
  readonly x: tf.TensorInfo;
  readonly filter: tf.TensorInfo;
}

interface FusedInputs extends Inputs {
  readonly bias?: tf.TensorInfo;
  readonly preluActivationWeights?: tf.TensorInfo;
}

interface Attributes {
  readonly strides: [number, number] | number;
  readonly pad: "valid" | "same" | number | tf.backend_util.ExplicitPadding;
  readonly dataFormat: "NHWC" | "NCHW";
  readonly dilations: [number, number] | number;
  readonly dimRoundingMode?: "floor" | "round" | "ceil";
}

interface FusedAttributes extends Attributes {
  readonly activation?: string;
}

/** Convolves with vectors; undefined for what is left to tfjs. */
function convolveWithVectors(
  backend: WasmBackend,
  { x, filter, bias }: FusedInputs,
  { strides, pad, dataFormat, dilations, dimRoundingMode }: Attributes,
  relu: boolean,
): tf.TensorInfo | undefined {
  const heap = heapFunctionsOf(backend);
  if (!heap || heap.threaded || dataFormat !== "NHWC" || x.dtype !== "float32") return undefined;
  const [n = 0, height = 0, width = 0, channels = 0] = x.shape;
  const [filterHeight = 0, filterWidth = 0, , outputs = 0] = filter.shape;
  if (bias && bias.shape[0] !== outputs) return undefined;
  const info = tf.backend_util.computeConv2DInfo(
    [n, height, width, channels],
    [filterHeight, filterWidth, channels, outputs],
    strides,
    dilations,
    pad,
    dimRoundingMode,
  );
  return isVectorConvolution(info) ? convolve(heap, backend, info, { x, filter, bias, relu }) : undefined;
}

/** Convolution with vectors. XNNPACK, which tfjs-backend-wasm calls, is half as fast where there are few channels. */
export const conv2D = wasmKernel<Inputs, Attributes>("Conv2D", (stock) => {
  const other = stock("Conv2D");
  return ({ inputs, attrs, backend }) =>
    convolveWithVectors(backend, inputs, attrs, false) ??
    other({ inputs: { x: inputs.x, filter: inputs.filter }, attrs, backend });
});

/** The same with a bias, and with relu behind it; other activations are left to tfjs. */
export const fusedConv2D = wasmKernel<FusedInputs, FusedAttributes>("FusedConv2D", (stock) => {
  const other = stock("FusedConv2D");
  return ({ inputs, attrs, backend }) => {
    const { activation = "linear" } = attrs;
    const relu = activation === "relu";
    const own = relu || activation === "linear" ? convolveWithVectors(backend, inputs, attrs, relu) : undefined;
    return own ?? other({ inputs: { ...inputs }, attrs, backend });
  };
});
