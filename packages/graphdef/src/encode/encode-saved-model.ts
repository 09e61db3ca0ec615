import { shapeMessage, typeMessage } from "../draft/attribute-message.ts";
import type { GraphDraft } from "../draft/graph-draft.ts";
import { encodeMessage } from "../proto/message-codec.ts";
import { type AttributeMessage, GRAPH_TYPE_NUMBERS, type NodeMessage } from "../proto/messages.ts";
import { nodeMessages, type ReferenceStyle } from "./node-messages.ts";

/** What a session has to be told of one of the graphs in a SavedModel: names of nodes. */
export interface SavedGraph {
  /** Placeholders of the arguments that are values, in their order. */
  readonly arguments: readonly string[];
  readonly results: readonly string[];
  /** A scalar that is there when all effects have happened; a session runs only what is fetched. */
  readonly done: string;
}

/** A variable in a SavedModel. */
export interface SavedState {
  /** Placeholder of a new value, and the scalar that is there when the variable has it. */
  readonly input: string;
  readonly assigned: string;
  /** Its value. */
  readonly value: string;
}

export interface EncodedSavedModel {
  /** The file `saved_model.pb`. It has no variables of its own: they are assigned before anything is run. */
  readonly bytes: Uint8Array;
  readonly graphs: Readonly<Record<string, SavedGraph>>;
  /** By the names that the drafts gave them. */
  readonly states: Readonly<Record<string, SavedState>>;
}

/** The graph version of TensorFlow 2.21; older ones read it as long as they know its operators. */
const PRODUCER = 1205;

const UNKNOWN_SHAPE: AttributeMessage = { shape: { unknown_rank: true } };

function placeholder(name: string, dtype: AttributeMessage): NodeMessage {
  return { name, op: "Placeholder", input: [], attr: { dtype, shape: UNKNOWN_SHAPE } };
}

/** A scalar behind other nodes. */
function signal(name: string, after: readonly string[]): NodeMessage {
  const zero = { dtype: GRAPH_TYPE_NUMBERS.int32, tensor_shape: {}, tensor_content: new Uint8Array(4) };
  const attr = { dtype: typeMessage("int32"), value: { tensor: zero } };
  return { name, op: "Const", input: after.map((node) => `^${node}`), attr };
}

/**
 * Drafts as the graphs of one SavedModel, for a session: what compiled mode runs where functions cannot be added to the
 * eager context. Variables of the same name are one in all of them.
 *
 * @param drafts  by a name, the prefix of the names of nodes.
 */
export function encodeSavedModel(drafts: Readonly<Record<string, GraphDraft>>): EncodedSavedModel {
  const nodes: NodeMessage[] = [];
  const graphs: Record<string, SavedGraph> = {};
  const states = new Map<string, SavedState>();
  const addState = (name: string, dtype: AttributeMessage, shape: AttributeMessage) => {
    const node = `state${states.size}`;
    const saved = { input: `${node}/input`, assigned: `${node}/assigned`, value: `${node}/value` };
    const shared = { s: new TextEncoder().encode(name) };
    nodes.push(
      { name: node, op: "VarHandleOp", input: [], attr: { dtype, shape, shared_name: shared } },
      placeholder(saved.input, dtype),
      { name: `${node}/assign`, op: "AssignVariableOp", input: [node, saved.input], attr: { dtype } },
      signal(saved.assigned, [`${node}/assign`]),
      { name: saved.value, op: "ReadVariableOp", input: [node], attr: { dtype } },
    );
    states.set(name, saved);
    return node;
  };
  const handles = new Map<string, string>();
  for (const [prefix, draft] of Object.entries(drafts)) {
    const names = draft.arguments.map(({ type, state }, i) => {
      if (state === undefined) {
        const name = `${prefix}/a${i}`;
        nodes.push(placeholder(name, typeMessage(type)));
        return name;
      }
      const handle =
        handles.get(state.name) ?? addState(state.name, typeMessage(state.type), { shape: shapeMessage(state.shape) });
      handles.set(state.name, handle);
      return handle;
    });
    const inGraph: ReferenceStyle = {
      argument: (index) => names[index] ?? "",
      output: (node, { output }) => (output === 0 ? node : `${node}:${output}`),
    };
    const { messages, reference, effects } = nodeMessages(draft, inGraph, `${prefix}/`);
    nodes.push(...messages);
    const results = draft.results.map((value, i) => {
      const name = `${prefix}/r${i}`;
      nodes.push({ name, op: "Identity", input: [reference(value)], attr: { T: typeMessage(value.type) } });
      return name;
    });
    const done = `${prefix}/done`;
    nodes.push(signal(done, effects));
    graphs[prefix] = { arguments: names.filter((_, i) => draft.arguments[i]?.state === undefined), results, done };
  }
  const bytes = encodeMessage("SavedModel", {
    saved_model_schema_version: 1,
    meta_graphs: [{ meta_info_def: { tags: ["serve"] }, graph_def: { node: nodes, versions: { producer: PRODUCER } } }],
  });
  return { bytes, graphs, states: Object.fromEntries(states) };
}
