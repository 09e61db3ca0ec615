// All of them, by their MXNet names
export { builtinKernels } from "./builtin-kernels.ts";

// In the place of kernels of tfjs that are missing, wrong or slow
export { installKernels } from "./install-kernels.ts";
export { installWasmKernels } from "./wasm/install-wasm-kernels.ts";
