import { encodeFunction } from "@mxgraft/graphdef";
import { loadNativeOperators, stringAttribute, tfjsNodeBackend, uniqueName } from "@mxgraft/tfjs";
import { asCarrierError, isUnknownGraph } from "./as-carrier-error.ts";
import type { Carrier } from "./carrier.ts";
import { offersNativeOperator } from "./offers-native-operator.ts";
import { SharedByBody } from "./shared-by-body.ts";

/** What was loaded when TensorFlow runs functions of ours; the reason why not otherwise. */
export function functionLibraryState() {
  return loadNativeOperators("function-library");
}

function text(operator: string, bytes: Uint8Array): void {
  const { binding } = tfjsNodeBackend();
  const id = binding.createTensor([], binding.TF_STRING, [bytes]);
  try {
    binding.executeOp(operator, [], [id], 0);
  } finally {
    binding.deleteTensor(id);
  }
}

/** Names of functions in TensorFlow's library. */
const functions = new SharedByBody<string>((name) => text("MxgraftRemoveFunction", new TextEncoder().encode(name)));

/** How many functions are in TensorFlow's library for us. */
export function functionCount(): number {
  return functions.size;
}

/** Graphs as functions in TensorFlow's eager context, by this package's native operators. */
export const functionCarrier: Carrier = {
  name: "function",
  states: "variable",
  offers: offersNativeOperator,

  load(graph, optimize) {
    const { body, library } = encodeFunction(graph);
    const { held: name, giveBack } = functions.take(body, () => {
      // A name that was removed is not used again: TensorFlow caches what it made of it.
      const fresh = uniqueName("mxgraft_function");
      text("MxgraftAddFunctions", library(fresh));
      return fresh;
    });
    const { binding } = tfjsNodeBackend();
    // Without this attribute TensorFlow leaves the function as it is; an empty configuration is the usual one.
    const attributes = optimize ? [stringAttribute(binding, "config_proto", "")] : [];
    return {
      // What is in a function TensorFlow looks at only when it is called.
      call: (inputs, outputs) => {
        try {
          return tfjsNodeBackend().binding.executeOp(name, attributes, inputs, outputs);
        } catch (error) {
          throw isUnknownGraph(error) ? asCarrierError(error) : error;
        }
      },
      dispose: giveBack,
    };
  },
};
