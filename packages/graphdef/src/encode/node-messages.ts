import { invariant } from "@mxgraft/base";
import type { DraftArgument, DraftNode, DraftValue } from "../draft/draft-node.ts";
import type { GraphDraft } from "../draft/graph-draft.ts";
import type { NodeMessage } from "../proto/messages.ts";

/** Nodes of a draft, named. */
export interface NamedNodes {
  /** One for each node, in the same order. */
  readonly messages: readonly NodeMessage[];
  /** How another node refers to a value. */
  reference(value: DraftValue): string;
  /** Names of the nodes that change states. */
  readonly effects: readonly string[];
}

/** How inputs are written: functions name outputs, graphs number them. */
export interface ReferenceStyle {
  argument(argument: DraftArgument): string;
  output(node: string, value: DraftValue): string;
}

/** Nodes that a result or an effect needs, in the order in which they were added. */
export function neededNodes(draft: GraphDraft): DraftNode[] {
  const needed = new Set<DraftNode>();
  const pending = draft.nodes.filter(({ isEffect }) => isEffect);
  for (const { source } of draft.results) if (source.kind === "node") pending.push(source);
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (needed.has(node)) continue;
    needed.add(node);
    for (const { source } of node.inputs) if (source.kind === "node") pending.push(source);
  }
  return draft.nodes.filter((node) => needed.has(node));
}

/**
 * Names and writes nodes of a draft. Names depend on nothing but the nodes themselves, so that equal graphs are
 * equal bytes.
 */
export function nodeMessages(nodes: readonly DraftNode[], style: ReferenceStyle): NamedNodes {
  const names = new Map<DraftNode, string>();
  for (const [i, node] of nodes.entries()) names.set(node, `n${i}_${node.definition.name.replace(/^_/, "")}`);
  const nameOf = (node: DraftNode): string => {
    const name = names.get(node);
    invariant(name !== undefined, "a node that is needed has a name");
    return name;
  };
  const reference = (value: DraftValue): string => {
    const { source } = value;
    return source.kind === "argument" ? style.argument(source) : style.output(nameOf(source), value);
  };
  const messages = nodes.map((node) => {
    const isInput = new Set(node.inputs.map(({ source }) => source));
    const after = node.after.filter((one) => names.has(one) && !isInput.has(one)).map((one) => `^${nameOf(one)}`);
    return {
      name: nameOf(node),
      op: node.definition.name,
      input: [...node.inputs.map(reference), ...after.sort()],
      attr: node.attributes,
    };
  });
  return { messages, reference, effects: nodes.filter(({ isEffect }) => isEffect).map(nameOf) };
}
