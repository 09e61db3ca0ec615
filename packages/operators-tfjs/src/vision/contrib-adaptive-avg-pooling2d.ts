import type { Shape } from "@mxgraft/base";
import type { AdaptiveAvgPooling2DAttributes } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import type * as tf from "@tensorflow/tfjs";
import { type AxisMatrices, applyAxisMatrices, applyAxisMatricesGradient, axisMatrix } from "./axis-matrices.ts";

/** Row i is the mean of elements floor(i from / to) .. ceil((i + 1) from / to) - 1. */
function means(to: number, from: number): tf.Tensor2D {
  return axisMatrix(to, from, (row) => {
    const start = Math.floor((row * from) / to);
    const count = Math.ceil(((row + 1) * from) / to) - start;
    return Array.from({ length: count }, (_, i) => [start + i, 1 / count] as const);
  });
}

function matricesOf([, , toHeight = 1, toWidth = 1]: Shape, [, , height = 1, width = 1]: Shape): AxisMatrices {
  return { rows: means(toHeight, height), columns: means(toWidth, width) };
}

const portable: TfjsKernel<AdaptiveAvgPooling2DAttributes> = {
  forward({ inputs: [data], outputShapes: [output = []] }) {
    return data ? [applyAxisMatrices(data, matricesOf(output, data.shape))] : [];
  },
  backward({ headGradients: [dy], inputShapes: [data = []] }) {
    return dy ? [applyAxisMatricesGradient(dy, matricesOf(dy.shape, data))] : [];
  },
};

/** Kernels of _contrib_AdaptiveAvgPooling2D. */
export const adaptiveAvgPooling2DKernels: KernelTable<AdaptiveAvgPooling2DAttributes> = { portable };
