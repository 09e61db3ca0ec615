export { registerBuiltinLowerings } from "@mxgraft/graphdef";
// Graphs as functions of TensorFlow: loaded when an executor compiles, never in a browser
export type { Carrier, GraphFunction } from "./carrier.ts";
export { functionCarrier, functionCount, functionLibraryState } from "./function-carrier.ts";
export { type CompilationOptions, GraphCompilation } from "./graph-compilation.ts";
export { sessionCarrier, sessionCount, sessionState } from "./session-carrier.ts";
