import { didYouMean, GraphError, invariant } from "@mxgraft/base";
import type { GraphNode, NodeEntry } from "./graph-node.ts";
import { nodesOf } from "./nodes-of.ts";

/**
 * Copies a graph, with entries of other graphs in place of some of its variables. The original stays as it is, and
 * so do the graphs the entries come from, which are not copied.
 *
 * @param replacements  by name of the variable.
 * @param name          new name of the node of the first output; by default its own.
 * @throws GraphError  a name is no variable of the graph, or the graph is a variable.
 */
export function composeGraph(
  heads: readonly NodeEntry[],
  replacements: ReadonlyMap<string, NodeEntry>,
  name: string | undefined,
): NodeEntry[] {
  const nodes = nodesOf({ entries: heads });
  const top = heads[0]?.node;
  if (top?.op === null && (replacements.size > 0 || name !== undefined)) {
    throw new GraphError(`Variable "${top.name}" cannot be composed.`, { node: top.name });
  }
  const variables = nodes.filter((node) => node.op === null).map((node) => node.name);
  for (const wanted of replacements.keys()) {
    if (variables.includes(wanted)) continue;
    throw new GraphError(
      `compose: "${wanted}" is no input of the graph.${didYouMean(wanted, variables) || ` It has ${variables.map((known) => `"${known}"`).join(", ")}.`}`,
      { argument: wanted, expected: variables },
    );
  }
  const copies = new Map<GraphNode, GraphNode>();
  const moved = (entry: NodeEntry): NodeEntry => {
    const replacement = entry.node.op === null ? replacements.get(entry.node.name) : undefined;
    if (replacement) return replacement;
    const node = copies.get(entry.node);
    invariant(node, `node "${entry.node.name}" was not copied before it was used`);
    return { ...entry, node };
  };
  for (const node of nodes) {
    const inputs = node.inputs.map(moved);
    copies.set(node, node.with({ inputs, ...(node === top && name !== undefined ? { name } : {}) }));
  }
  return heads.map((entry) => {
    const node = copies.get(entry.node);
    invariant(node, `output "${entry.node.name}" was not copied`);
    return { ...entry, node };
  });
}
