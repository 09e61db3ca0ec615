import type { NativeOperatorsState } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";

/**
 * Whether graphs can be compiled on the current backend, and if not, why.
 *
 * It needs the backend "tensorflow" and this package's native operators, which the set-up of that backend builds.
 */
export async function compiledModeState(): Promise<NativeOperatorsState> {
  const backend = tf.getBackend();
  if (backend !== "tensorflow") {
    return { available: false, reason: `backend "${backend}" runs no functions of TensorFlow` };
  }
  const { functionLibraryState } = await import("./compiled/index.ts");
  const state = functionLibraryState();
  if (state.available) return state;
  return { available: false, reason: `native operators "function-library": ${state.reason}` };
}
