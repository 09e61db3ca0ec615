// Backends
export type { BackendOptions } from "./backends/backend-host.ts";
export { BACKEND_NAMES, type BackendName, isBackendName } from "./backends/backend-name.ts";
export { type BackendStatus, backendStatus } from "./backends/backend-status.ts";
export { preferredBackend, setBackend } from "./backends/set-backend.ts";

// Kernels
export { customKernels, kernelFor, kernels } from "./kernel-registry.ts";
export { registerPlugin } from "./register-plugin.ts";
export type {
  KernelBackend,
  KernelTable,
  TfjsBackwardCall,
  TfjsForwardCall,
  TfjsKernel,
} from "./kernel-table.ts";

// Arrays that live from step to step
export { createStateCell, type StateDescription } from "./create-state-cell.ts";
export { createHostCell } from "./host-cell.ts";
export type { HostCell, StateCell, TensorCell, Variable, VariableCell } from "./state-cell.ts";
export { createTensorCell } from "./tensor-cell.ts";
export { createVariableCell } from "./tensorflow/variable-cell.ts";

// TensorFlow's own operators, on the backend "tensorflow" only
export type { NativeOperatorsState } from "./backends/native-operators-state.ts";
export { loadSession } from "./load-session.ts";
export { loadNativeOperators } from "./native-operators.ts";
export {
  booleanAttribute,
  shapeAttribute,
  stringAttribute,
  typeAttribute,
} from "./tensorflow/op-attributes.ts";
export {
  type OpAttribute,
  type TensorflowBinding,
  type TensorId,
  type TensorMetadata,
  type TensorValues,
  type TfjsNodeBackend,
  tfjsNodeBackend,
} from "./tensorflow/tfjs-node-backend.ts";
export { type BindingTracer, traceBinding } from "./tensorflow/trace-binding.ts";
export { ResourceVariable } from "./tensorflow/resource-variable.ts";
export { uniqueName } from "./tensorflow/unique-name.ts";
export { type UniqueCounts, uniqueWithCounts } from "./tensorflow/unique-with-counts.ts";

// Shaders of one's own, on the backend "webgpu" only
export {
  elementProgram,
  runProgram,
  runProgramInto,
  type WebgpuBackend,
  type WebgpuProgram,
  type WebgpuUniform,
  webgpuBackend,
} from "./webgpu/webgpu-program.ts";

// Between JavaScript memory and the backend
export { changeLayout, physicalShape, sameLayout } from "./layout.ts";
export { readBack } from "./read-back.ts";
export { download, upload } from "./transfer.ts";
export { tensorType } from "@mxgraft/operator";
