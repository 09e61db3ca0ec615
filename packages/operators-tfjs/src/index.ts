// All of them, by their MXNet names
export { builtinKernels } from "./builtin-kernels.ts";
