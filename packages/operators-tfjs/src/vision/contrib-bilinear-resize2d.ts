import type { Shape } from "@mxgraft/base";
import type { BilinearResize2DAttributes } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import type * as tf from "@tensorflow/tfjs";
import { type AxisMatrices, applyAxisMatrices, applyAxisMatricesGradient, axisMatrix } from "./axis-matrices.ts";

/** Row i mixes the two elements beside the place that element i of the output comes from. */
function interpolation(to: number, from: number, alignCorners: boolean): tf.Tensor2D {
  const scale = to === 1 ? 0 : alignCorners ? (from - 1) / (to - 1) : from / to;
  return axisMatrix(to, from, (row) => {
    // A single row is the first one; sizes that are equal are left alone.
    const place = to === from ? row : alignCorners ? scale * row : Math.max(scale * (row + 0.5) - 0.5, 0);
    const low = Math.min(Math.floor(place), from - 1);
    const part = place - low;
    return [
      [low, 1 - part],
      [Math.min(low + 1, from - 1), part],
    ] as const;
  });
}

function matricesOf(
  { align_corners }: BilinearResize2DAttributes,
  [, , toHeight = 1, toWidth = 1]: Shape,
  [, , height = 1, width = 1]: Shape,
): AxisMatrices {
  return {
    rows: interpolation(toHeight, height, align_corners),
    columns: interpolation(toWidth, width, align_corners),
  };
}

const portable: TfjsKernel<BilinearResize2DAttributes> = {
  forward({ attributes, inputs: [data], outputShapes: [output = []] }) {
    return data ? [applyAxisMatrices(data, matricesOf(attributes, output, data.shape))] : [];
  },
  backward({ attributes, headGradients: [dy], inputShapes: [data = []] }) {
    return dy ? [applyAxisMatricesGradient(dy, matricesOf(attributes, dy.shape, data))] : [];
  },
};

/** Kernels of _contrib_BilinearResize2D. */
export const bilinearResize2DKernels: KernelTable<BilinearResize2DAttributes> = { portable };
