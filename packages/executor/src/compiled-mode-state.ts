import * as tf from "@tensorflow/tfjs";
import { loadCompiled } from "#load-compiled";
import { askedCarrier, type CarrierName } from "./carrier-name.ts";

/** Whether graphs are compiled and what runs them; `reason` says why they are not, or why not as functions. */
export type CompiledModeState =
  | { readonly available: true; readonly carrier: CarrierName; readonly reason?: string }
  | { readonly available: false; readonly reason: string };

/**
 * Whether graphs can be compiled on the current backend, what runs them then, and if not, why.
 *
 * It needs the backend "tensorflow". With this package's native operators, which the set-up of that backend builds,
 * graphs are functions; without them they run in sessions.
 *
 * @throws UsageError  MXGRAFT_CARRIER names no carrier.
 */
export async function compiledModeState(): Promise<CompiledModeState> {
  const asked = askedCarrier();
  const backend = tf.getBackend();
  if (backend !== "tensorflow")
    return { available: false, reason: `backend "${backend}" runs no graphs of TensorFlow` };
  if (asked === "session")
    return { available: true, carrier: "session", reason: "MXGRAFT_CARRIER=session asks for it" };
  const { functionLibraryState, sessionState } = await loadCompiled();
  const functions = functionLibraryState();
  if (functions.available) return { available: true, carrier: "function" };
  const reason = `native operators "function-library": ${functions.reason}`;
  if (asked === "function") return { available: false, reason };
  const sessions = sessionState();
  if (!sessions.available) return { available: false, reason: `${reason}; ${sessions.reason}` };
  return { available: true, carrier: "session", reason };
}
