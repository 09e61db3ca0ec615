// All of them, by their MXNet names
export { builtinKernels } from "./builtin-kernels.ts";

// Kernels of tfjs-backend-wasm that are missing, wrong or slow
export { installWasmKernels } from "./wasm/install-wasm-kernels.ts";
