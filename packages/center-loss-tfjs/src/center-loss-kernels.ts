import type { CenterLossAttributes } from "@mxgraft/center-loss";
import type { KernelTable } from "@mxgraft/tfjs";
import { portableKernel, variableKernel } from "./device-kernel.ts";
import { hostKernel } from "./host-kernel.ts";
import { webglKernel } from "./webgl/webgl-kernel.ts";

/** The kernels of center loss by backend. */
export const centerLossKernels: KernelTable<CenterLossAttributes> = {
  portable: portableKernel,
  cpu: hostKernel,
  wasm: hostKernel,
  tensorflow: variableKernel,
  webgl: webglKernel,
  // Its steps run shaders of their own there, which change the table in place.
  webgpu: portableKernel,
};
