import { installWasmKernels } from "./wasm/install-wasm-kernels.ts";
import { installWebglKernels } from "./webgl/install-webgl-kernels.ts";
import { installWebgpuKernels } from "./webgpu/install-webgpu-kernels.ts";

const INSTALLERS: Readonly<Record<string, () => void>> = {
  wasm: installWasmKernels,
  webgl: installWebglKernels,
  webgpu: installWebgpuKernels,
};

/**
 * Corrects a backend of TensorFlow.js: registers our kernels in the place of those that are missing, wrong or slow. Call
 * it once the backend's package has been imported; more calls change nothing.
 */
export function installKernels(backend: string): void {
  INSTALLERS[backend]?.();
}
