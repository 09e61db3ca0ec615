import * as tf from "@tensorflow/tfjs";
import { filterGradient, isVectorConvolution } from "./vector/convolution.ts";
import { heapFunctionsOf } from "./vector/heap-functions.ts";
import { floatsOf, wasmKernel } from "./wasm-kernel.ts";

interface Inputs {
  readonly x: tf.TensorInfo;
  readonly dy: tf.TensorInfo;
}

interface Attributes {
  readonly strides: [number, number] | number;
  readonly pad: "valid" | "same" | number | tf.backend_util.ExplicitPadding;
  readonly dimRoundingMode?: "floor" | "round" | "ceil";
  readonly filterShape: [number, number, number, number];
}

type ConvInfo = ReturnType<typeof tf.backend_util.computeConv2DInfo>;

/**
 * Fills `columns` (FH FW C, N): under each output position n the inputs that the filter covers there. Rows are written
 * one after the other, so that the product with dy needs no transposition.
 */
function gatherColumns(columns: Float32Array, x: Float32Array, info: ConvInfo): void {
  const { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth } = info;
  const { filterHeight, filterWidth, strideHeight, strideWidth, padInfo } = info;
  let to = 0;
  for (let fy = 0; fy < filterHeight; fy++) {
    for (let fx = 0; fx < filterWidth; fx++) {
      // Output columns whose input is inside the row.
      const first = Math.min(outWidth, Math.max(0, Math.ceil((padInfo.left - fx) / strideWidth)));
      const end = Math.max(first, Math.min(outWidth, Math.floor((inWidth - 1 + padInfo.left - fx) / strideWidth) + 1));
      const step = strideWidth * inChannels;
      for (let c = 0; c < inChannels; c++) {
        for (let b = 0; b < batchSize; b++) {
          for (let oy = 0; oy < outHeight; oy++) {
            const iy = oy * strideHeight - padInfo.top + fy;
            if (iy < 0 || iy >= inHeight) {
              columns.fill(0, to, to + outWidth);
              to += outWidth;
              continue;
            }
            for (let ox = 0; ox < first; ox++) columns[to++] = 0;
            let from = ((b * inHeight + iy) * inWidth + first * strideWidth - padInfo.left + fx) * inChannels + c;
            for (let ox = first; ox < end; ox++) {
              columns[to++] = x[from] as number;
              from += step;
            }
            for (let ox = end; ox < outWidth; ox++) columns[to++] = 0;
          }
        }
      }
    }
  }
}

/**
 * The gradient of a filter, which tfjs-backend-wasm 4.22 lacks. Without vector functions it is one matrix product,
 * (FH FW C, N) x (N, O) with N all output positions of the batch.
 */
export const conv2DBackpropFilter = wasmKernel<Inputs, Attributes>("Conv2DBackpropFilter", (stock) => {
  const multiply = stock("BatchMatMul");
  return ({ inputs: { x, dy }, attrs, backend }) => {
    const { strides, pad, dimRoundingMode, filterShape } = attrs;
    const [n = 0, height = 0, width = 0, channels = 0] = x.shape;
    const info = tf.backend_util.computeConv2DInfo(
      [n, height, width, channels],
      filterShape,
      strides,
      1,
      pad,
      dimRoundingMode,
    );
    const heap = heapFunctionsOf(backend);
    if (heap && isVectorConvolution(info)) return filterGradient(heap, backend, info, { x, dy });
    const rows = info.filterHeight * info.filterWidth * info.inChannels;
    const positions = info.batchSize * info.outHeight * info.outWidth;
    const columns = backend.makeOutput([1, rows, positions], "float32");
    gatherColumns(floatsOf(backend, columns), floatsOf(backend, x), info);
    const gradients = { ...dy, shape: [1, positions, info.outChannels] };
    const attributes = { transposeA: false, transposeB: false };
    const product = multiply({ inputs: { a: columns, b: gradients }, attrs: attributes, backend });
    backend.disposeData(columns.dataId);
    return { ...product, shape: [...filterShape] };
  };
});
