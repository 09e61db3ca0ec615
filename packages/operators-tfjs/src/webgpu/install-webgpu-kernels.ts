import { installReplacements } from "../install-replacements.ts";
import { padByAxis } from "../pad-by-axis.ts";
import type { ReplacementKernel } from "../replacement-kernel.ts";
import { addN } from "./add-n.ts";
import { maxPool, maxPoolGrad } from "./max-pool.ts";
import { vectorBinaries } from "./vector-binaries.ts";

const kernels: readonly ReplacementKernel[] = [addN, maxPool, maxPoolGrad, padByAxis(), ...vectorBinaries];

/**
 * Registers our kernels for the backend "webgpu": those that tfjs-backend-webgpu 4.22 has wrong. Call it once the
 * package has been imported; more calls change nothing.
 */
export function installWebgpuKernels(): void {
  installReplacements("webgpu", kernels);
}
