import { encodeSavedModel } from "@mxgraft/graphdef";
import { loadSession, type NativeOperatorsState, tfjsNodeBackend } from "@mxgraft/tfjs";
import { asCarrierError } from "./as-carrier-error.ts";
import type { Carrier } from "./carrier.ts";
import { SharedByBody } from "./shared-by-body.ts";

/** Numbers of sessions in tfjs-node. */
const sessions = new SharedByBody<number>((session) => tfjsNodeBackend().binding.deleteSavedModel(session));

/** How many sessions TensorFlow holds for us. */
export function sessionCount(): number {
  return sessions.size;
}

/** Whether graphs are to run in sessions where functions cannot be had. */
export function sessionState(): NativeOperatorsState {
  if (!tfjsNodeBackend().binding.isUsingGpuDevice()) return { available: true };
  return { available: false, reason: "a session would move all arrays between GPU and processor at each step" };
}

/** @throws CarrierError  TensorFlow does not take the graph, or the files that it reads cannot be written. */
function sessionFor(model: Uint8Array): number {
  try {
    return loadSession(model);
  } catch (error) {
    throw asCarrierError(error);
  }
}

/**
 * Graphs as sessions of TensorFlow: what tfjs-node offers as it comes, without native operators of ours. Sessions see no
 * variables of the eager context, so states go through each run by value; on the processor that copies nothing but what
 * the run changes.
 */
export const sessionCarrier: Carrier = {
  name: "session",
  states: "value",
  offers: () => false,

  // TensorFlow rewrites the graphs of all sessions.
  load(graph) {
    const { bytes, body, inputs, outputs } = encodeSavedModel(graph);
    const { held: session, giveBack } = sessions.take(body, () => sessionFor(bytes));
    const [fed, fetched] = [inputs.join(), outputs.join()];
    return {
      call: (values) => tfjsNodeBackend().binding.runSavedModel(session, values, fed, fetched),
      dispose: giveBack,
    };
  },
};
