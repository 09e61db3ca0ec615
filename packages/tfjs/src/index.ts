// Kernels
export type {
  KernelBackend,
  KernelTable,
  TfjsBackwardCall,
  TfjsForwardCall,
  TfjsKernel,
} from "./kernel-table.ts";

// Arrays that live from step to step
export type { HostCell, StateCell, TensorCell, Variable, VariableCell } from "./state-cell.ts";
