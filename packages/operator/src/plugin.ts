import type { LoweringTable } from "./lowering.ts";
import type { OperatorSpec } from "./operator-spec.ts";
import type { CustomOpPropClass } from "./spec-of-prop.ts";

/**
 * What a plug-in module exports by default: plain data, registered by whoever loads it, so that a second copy of this
 * package does no harm. `Kernels` is the kernel table of the backend bridge.
 */
export interface Plugin<Kernels = unknown> {
  /** Package and version, or file, for messages. */
  readonly name: string;
  /** Operators for `op` of graphs. */
  readonly operators?: readonly OperatorSpec[];
  /** Operators for `op_type` of `Custom` nodes. */
  readonly customOperators?: Readonly<Record<string, OperatorSpec | CustomOpPropClass>>;
  /** Kernels, by operator name. */
  readonly kernels?: Readonly<Record<string, Kernels>>;
  /** The operators in TensorFlow's own, by operator name, for compiled mode. */
  readonly lowerings?: LoweringTable;
  /** Operators that native code of the package adds to TensorFlow; `NativeDefinitions` says how they are written. */
  readonly nativeDefinitions?: readonly string[];
}
