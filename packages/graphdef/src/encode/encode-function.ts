import { invariant } from "@mxgraft/base";
import type { GraphDraft } from "../draft/graph-draft.ts";
import { encodeMessage } from "../proto/message-codec.ts";
import { type FunctionMessage, GRAPH_TYPE_NUMBERS } from "../proto/messages.ts";
import { bytesAsText } from "./bytes-as-text.ts";
import { neededNodes, nodeMessages, type ReferenceStyle } from "./node-messages.ts";

const inFunction: ReferenceStyle = {
  argument: ({ index }) => `a${index}`,
  output(node, { source, output }) {
    invariant(source.kind === "node", "arguments are not outputs of nodes");
    const { name, place } = source.outputs[output] ?? {};
    return `${node}:${name}:${place}`;
  },
};

function functionMessage(draft: GraphDraft, name: string): FunctionMessage {
  const { messages, reference, effects } = nodeMessages(neededNodes(draft), inFunction);
  const isStateful = effects.length > 0 || draft.arguments.some(({ state }) => state !== undefined);
  return {
    signature: {
      name,
      input_arg: draft.arguments.map(({ type }, i) => ({ name: `a${i}`, type: GRAPH_TYPE_NUMBERS[type] })),
      output_arg: draft.results.map(({ type }, i) => ({ name: `r${i}`, type: GRAPH_TYPE_NUMBERS[type] })),
      ...(isStateful && { is_stateful: true }),
      control_output: effects,
    },
    node_def: messages,
    ret: Object.fromEntries(draft.results.map((value, i) => [`r${i}`, reference(value)])),
    control_ret: Object.fromEntries(effects.map((effect) => [effect, effect])),
  };
}

/** A function of TensorFlow, ready for any name. */
export interface EncodedFunction {
  /** Equal for functions that do the same thing in the same way: a key for sharing them. */
  readonly body: string;
  /** A serialized FunctionDefLibrary that holds the function under a name. */
  library(name: string): Uint8Array;
}

/**
 * A draft as a function of TensorFlow. A call of it gets the arguments in the order in which they were declared, and
 * gives the results in theirs.
 */
export function encodeFunction(draft: GraphDraft): EncodedFunction {
  const message = functionMessage(draft, "");
  const bytes = encodeMessage("FunctionDef", message);
  return {
    body: bytesAsText(bytes),
    library: (name) =>
      encodeMessage("FunctionDefLibrary", {
        function: [{ ...message, signature: { ...message.signature, name } }],
      }),
  };
}
