import { invariant } from "@mxgraft/base";
import { shapeMessage, typeMessage } from "../draft/attribute-message.ts";
import type { DraftArgument, DraftNode } from "../draft/draft-node.ts";
import type { GraphDraft } from "../draft/graph-draft.ts";
import { encodeMessage } from "../proto/message-codec.ts";
import type { AttributeMessage, NodeMessage } from "../proto/messages.ts";
import { bytesAsText } from "./bytes-as-text.ts";
import { neededNodes, nodeMessages } from "./node-messages.ts";

/** A graph as a SavedModel, with the names of nodes that a session has to be told. */
export interface EncodedSavedModel {
  /** The file `saved_model.pb`; there are no others. */
  readonly bytes: Uint8Array;
  /** Equal for graphs that do the same thing in the same way: a key for sharing them. */
  readonly body: string;
  /** For each argument, in order; a state is given its value. */
  readonly inputs: readonly string[];
  /** For each result, in order, and then for the new value of each of `changedArguments`. */
  readonly outputs: readonly string[];
}

/** The graph version of TensorFlow 2.21; older ones read it as long as they know its operators. */
const PRODUCER = 1205;

const utf8 = new TextEncoder();

function isRead({ definition }: DraftNode): boolean {
  return definition.name === "ReadVariableOp";
}

/** The states whose handles a node takes. */
function statesOf({ inputs }: DraftNode): DraftArgument[] {
  return [...new Set(inputs.flatMap(({ source }) => (source.kind === "argument" && source.state ? [source] : [])))];
}

function placeholder({ index, type, state }: DraftArgument): NodeMessage {
  const attr = { dtype: typeMessage(state?.type ?? type), shape: { shape: { unknown_rank: true } } };
  return { name: `a${index}`, op: "Placeholder", input: [], attr };
}

/** A state that is more than read, as a variable that a run gives what is fed. */
class RunVariable {
  readonly name: string;
  /** Names of the nodes that take its handle. */
  readonly users: string[] = [];
  readonly #index: number;
  readonly #dtype: AttributeMessage;
  readonly #shape: AttributeMessage;

  constructor({ index, state }: DraftArgument) {
    invariant(state, `argument ${index} is no state`);
    this.name = `v${index}`;
    this.#index = index;
    this.#dtype = typeMessage(state.type);
    this.#shape = { shape: shapeMessage(state.shape) };
  }

  /** The node that everything else with the variable waits for. */
  get start(): string {
    return `${this.name}/start`;
  }

  begin(): NodeMessage[] {
    const [name, dtype] = [this.name, this.#dtype];
    const attr = { dtype, shape: this.#shape, shared_name: { s: utf8.encode(name) } };
    return [
      { name, op: "VarHandleOp", input: [], attr },
      { name: this.start, op: "AssignVariableOp", input: [name, `a${this.#index}`], attr: { dtype } },
    ];
  }

  /** The name of the node that has the last value once the variable is gone. */
  get value(): string {
    return `${this.name}/value`;
  }

  end(): NodeMessage[] {
    const [name, dtype] = [this.name, this.#dtype];
    const [read, destroyed] = [`${name}/read`, `${name}/destroyed`];
    const users = this.users.map((node) => `^${node}`);
    return [
      { name: read, op: "ReadVariableOp", input: [name, ...users], attr: { dtype } },
      { name: destroyed, op: "DestroyResourceOp", input: [name, `^${read}`], attr: {} },
      { name: this.value, op: "Identity", input: [read, `^${destroyed}`], attr: { T: dtype } },
    ];
  }
}

/**
 * A draft as a SavedModel, for a session: what compiled mode runs where functions cannot be added to the eager context.
 *
 * A session does not see the variables of the eager context, so states go through a run by value. One that is only read
 * is what was fed; any other is a variable as long as the run takes, so that the session holds no array between two.
 */
export function encodeSavedModel(draft: GraphDraft): EncodedSavedModel {
  const nodes = neededNodes(draft);
  const variables = new Map<DraftArgument, RunVariable>();
  for (const node of nodes.filter((one) => !isRead(one))) {
    for (const state of statesOf(node)) variables.set(state, variables.get(state) ?? new RunVariable(state));
  }
  const { messages, reference } = nodeMessages(nodes, {
    argument: (argument) => variables.get(argument)?.name ?? `a${argument.index}`,
    output: (node, { output }) => (output === 0 ? node : `${node}:${output}`),
  });
  const written = [
    ...draft.arguments.map(placeholder),
    ...[...variables.values()].flatMap((variable) => variable.begin()),
  ];
  for (const [i, node] of nodes.entries()) {
    const message = messages[i];
    invariant(message, "each node has a message");
    const states = statesOf(node);
    const { dtype } = message.attr;
    if (isRead(node) && dtype && states.every((state) => !variables.has(state))) {
      written.push({ ...message, op: "Identity", attr: { T: dtype } });
      continue;
    }
    const used = states.flatMap((state) => variables.get(state) ?? []);
    written.push({ ...message, input: [...message.input, ...used.map(({ start }) => `^${start}`)] });
    for (const { users } of used) users.push(message.name);
  }
  const results = draft.results.map((value, i): NodeMessage => {
    return { name: `r${i}`, op: "Identity", input: [reference(value)], attr: { T: typeMessage(value.type) } };
  });
  const changed = draft.changedArguments.flatMap((argument) => variables.get(argument) ?? []);
  written.push(...results, ...changed.flatMap((variable) => variable.end()));
  const bytes = encodeMessage("SavedModel", {
    saved_model_schema_version: 1,
    meta_graphs: [
      { meta_info_def: { tags: ["serve"] }, graph_def: { node: written, versions: { producer: PRODUCER } } },
    ],
  });
  return {
    bytes,
    body: bytesAsText(bytes),
    inputs: draft.arguments.map(({ index }) => `a${index}`),
    outputs: [...results.map(({ name }) => name), ...changed.map(({ value }) => value)],
  };
}
