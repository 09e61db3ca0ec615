import type { Col2imAttributes } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import { columnsOf, imageOf } from "./im2col.ts";

const portable: TfjsKernel<Col2imAttributes> = {
  forward({ attributes, inputs: [data], outputShapes: [shape] }) {
    return data && shape ? [imageOf(attributes, data, shape)] : [];
  },
  backward({ attributes, headGradients: [dy], inputShapes: [shape] }) {
    return dy && shape ? [columnsOf(attributes, dy, shape)] : [];
  },
};

/** Kernels of col2im. */
export const col2imKernels: KernelTable<Col2imAttributes> = { portable };
