import type { WebgpuBackend } from "@mxgraft/tfjs";
import { type Compute, type ReplacementKernel, replacementKernel, type Stock } from "../replacement-kernel.ts";

/** A kernel of ours for the backend "webgpu". */
export function webgpuKernel<Inputs, Attributes>(
  name: string,
  create: (stock: Stock<WebgpuBackend>) => Compute<Inputs, Attributes, WebgpuBackend>,
): ReplacementKernel {
  return replacementKernel(name, create);
}
