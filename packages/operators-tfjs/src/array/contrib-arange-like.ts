import type { ArangeLikeAttributes } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import { numberSequence } from "./number-sequence.ts";

const portable: TfjsKernel<ArangeLikeAttributes> = {
  forward({ attributes, inputs: [data], outputShapes: [shape = []] }) {
    return [numberSequence(shape, attributes, data?.dtype === "int32" ? "int32" : "float32")];
  },
  backward: () => [],
};

/** Kernels of _contrib_arange_like. */
export const contribArangeLikeKernels: KernelTable<ArangeLikeAttributes> = { portable };
