import { type ArangeAttributes, arangeStart } from "@mxgraft/operators";
import { type KernelTable, type TfjsKernel, tensorType } from "@mxgraft/tfjs";
import { numberSequence } from "./number-sequence.ts";

const portable: TfjsKernel<ArangeAttributes> = {
  forward({ attributes, outputShapes: [shape = []] }) {
    const type = tensorType(attributes.dtype);
    const spacing = { ...attributes, start: arangeStart(attributes) };
    return [numberSequence(shape, spacing, type === "bool" ? "int32" : type)];
  },
  backward: () => [],
};

/** Kernels of _arange. */
export const arangeKernels: KernelTable<ArangeAttributes> = { portable };
