// Start: operators, kernels, backends
export { registerAll } from "./register-all.ts";
export { setBackend } from "./backend.ts";

// MXNet's mx.sym
export { sym } from "./sym.ts";
