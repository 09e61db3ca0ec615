import { installReplacements } from "../install-replacements.ts";
import { padByAxis } from "../pad-by-axis.ts";
import type { ReplacementKernel } from "../replacement-kernel.ts";
import { maxPool, maxPoolGrad } from "./max-pool.ts";
import { realDiv } from "./real-div.ts";

const kernels: readonly ReplacementKernel[] = [maxPool, maxPoolGrad, padByAxis(), realDiv];

/**
 * Registers our kernels for the backend "webgl": those that tfjs-backend-webgl 4.22 has wrong. Call it once the package
 * has been imported; more calls change nothing.
 */
export function installWebglKernels(): void {
  installReplacements("webgl", kernels);
}
