export { registerBuiltinLowerings } from "@mxgraft/graphdef";
// Graphs as functions of TensorFlow: loaded when an executor compiles, never in a browser
export { functionCount, functionLibraryState } from "./function-library.ts";
export { type CompilationOptions, GraphCompilation } from "./graph-compilation.ts";
