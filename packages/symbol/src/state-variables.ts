import type { GraphNode } from "./graph-node.ts";
import { resolveNode } from "./resolve-node.ts";

/** The variables among some nodes that are auxiliary states of one of them. */
export function stateVariables(nodes: readonly GraphNode[]): Set<GraphNode> {
  const states = new Set<GraphNode>();
  for (const node of nodes) {
    if (node.op === null) continue;
    const { spec, attributes } = resolveNode(node);
    const count = spec.auxiliaryStates(attributes).length;
    if (count === 0) continue;
    for (const { node: input } of node.inputs.slice(-count)) states.add(input);
  }
  return states;
}
