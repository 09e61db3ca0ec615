import { encodeFunction } from "@mxgraft/graphdef";
import {
  loadNativeOperators,
  type OpAttribute,
  stringAttribute,
  type TensorflowBinding,
  tfjsNodeBackend,
  uniqueName,
} from "@mxgraft/tfjs";
import { asCarrierError, isUnknownGraph } from "./as-carrier-error.ts";
import type { Carrier, HowToRun } from "./carrier.ts";
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

function attributesOf(binding: TensorflowBinding, { rewritten, inOrder }: HowToRun): readonly OpAttribute[] {
  const attributes: OpAttribute[] = [];
  // An empty configuration is the usual one; without it TensorFlow leaves the graph as it is.
  if (rewritten) attributes.push(stringAttribute(binding, "config_proto", ""));
  // Functions on two devices have to run side by side, since they wait for each other's arrays.
  if (inOrder && !binding.isUsingGpuDevice()) {
    attributes.push(stringAttribute(binding, "executor_type", "SINGLE_THREADED_EXECUTOR"));
  }
  return attributes;
}

/** Graphs as functions in TensorFlow's eager context, by this package's native operators. */
export const functionCarrier: Carrier = {
  name: "function",
  states: "variable",
  offers: offersNativeOperator,

  load(graph, how) {
    const { body, library } = encodeFunction(graph);
    const { held: name, giveBack } = functions.take(body, () => {
      // A name that was removed is not used again: TensorFlow caches what it made of it.
      const fresh = uniqueName("mxgraft_function");
      text("MxgraftAddFunctions", library(fresh));
      return fresh;
    });
    const { binding } = tfjsNodeBackend();
    const attributes = attributesOf(binding, how);
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
