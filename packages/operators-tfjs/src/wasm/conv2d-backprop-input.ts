import * as tf from "@tensorflow/tfjs";
import { inputGradient, isVectorConvolution } from "./vector/convolution.ts";
import { heapFunctionsOf } from "./vector/heap-functions.ts";
import { floatsOf, wasmKernel } from "./wasm-kernel.ts";

interface Inputs {
  readonly dy: tf.TensorInfo;
  readonly filter: tf.TensorInfo;
}

interface Attributes {
  readonly strides: [number, number] | number;
  readonly pad: "valid" | "same" | number | tf.backend_util.ExplicitPadding;
  readonly dimRoundingMode?: "floor" | "round" | "ceil";
  readonly inputShape: [number, number, number, number];
}

type ConvInfo = ReturnType<typeof tf.backend_util.computeConv2DInfo>;

/** Adds to `dx` what every output position, a row (FH FW C) of `columns`, says of the inputs that it covers. */
function scatterColumns(dx: Float32Array, columns: Float32Array, info: ConvInfo): void {
  const { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth } = info;
  const { filterHeight, filterWidth, strideHeight, strideWidth, padInfo } = info;
  const rowLength = filterWidth * inChannels;
  dx.fill(0);
  let row = 0;
  for (let b = 0; b < batchSize; b++) {
    for (let oy = 0; oy < outHeight; oy++) {
      for (let ox = 0; ox < outWidth; ox++) {
        const left = ox * strideWidth - padInfo.left;
        const firstX = Math.max(0, -left);
        const endX = Math.min(filterWidth, inWidth - left);
        for (let fy = 0; fy < filterHeight; fy++, row += rowLength) {
          const iy = oy * strideHeight - padInfo.top + fy;
          if (iy < 0 || iy >= inHeight) continue;
          let to = ((b * inHeight + iy) * inWidth + left + firstX) * inChannels;
          const end = row + endX * inChannels;
          for (let from = row + firstX * inChannels; from < end; from++) {
            dx[to] = (dx[to] as number) + (columns[from] as number);
            to++;
          }
        }
      }
    }
  }
}

/**
 * The gradient of a convolution's input; the kernel of tfjs-backend-wasm is a plain loop, twenty times as slow for LeNet.
 * Without vector functions it is one matrix product, (N, O) x (O, FH FW C) with N all output positions of the batch,
 * whose rows are then added up where they overlap.
 */
export const conv2DBackpropInput = wasmKernel<Inputs, Attributes>("Conv2DBackpropInput", (stock) => {
  const multiply = stock("BatchMatMul");
  const transpose = stock("Transpose");
  return ({ inputs: { dy, filter }, attrs, backend }) => {
    const { strides, pad, dimRoundingMode, inputShape } = attrs;
    const [filterHeight = 0, filterWidth = 0, channels = 0, outputs = 0] = filter.shape;
    const filterShape: [number, number, number, number] = [filterHeight, filterWidth, channels, outputs];
    const info = tf.backend_util.computeConv2DInfo(inputShape, filterShape, strides, 1, pad, dimRoundingMode);
    const heap = heapFunctionsOf(backend);
    if (heap && isVectorConvolution(info)) return inputGradient(heap, backend, info, { dy, filter });
    const points = filterHeight * filterWidth * channels;
    const positions = info.batchSize * info.outHeight * info.outWidth;
    const matrix = { ...filter, shape: [1, points, outputs] };
    const transposed = transpose({ inputs: { x: matrix }, attrs: { perm: [0, 2, 1] }, backend });
    const gradients = { ...dy, shape: [1, positions, outputs] };
    const attributes = { transposeA: false, transposeB: false };
    const columns = multiply({ inputs: { a: gradients, b: transposed }, attrs: attributes, backend });
    const dx = backend.makeOutput([...inputShape], "float32");
    scatterColumns(floatsOf(backend, dx), floatsOf(backend, columns), info);
    backend.disposeData(transposed.dataId);
    backend.disposeData(columns.dataId);
    return dx;
  };
});
