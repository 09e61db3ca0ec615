import { type PickAttributes, pickedAxis } from "@mxgraft/operators";
import { pickedKernels } from "./picked-kernels.ts";

/** Kernels of pick. */
export const pickKernels = pickedKernels<PickAttributes>(({ axis, mode }, data) => ({
  around: pickedAxis(axis, data),
  mode,
}));
