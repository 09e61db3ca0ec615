import type { GraphNode } from "./graph-node.ts";
import { resolveNode } from "./resolve-node.ts";

/** Names of all outputs of a node, hidden ones too: the variable's own, or `conv0_output`. */
export function outputNames(node: GraphNode): string[] {
  if (node.op === null) return [node.name];
  const { spec, attributes } = resolveNode(node);
  return spec.outputs(attributes).map((output) => (node.name === "" ? output : `${node.name}_${output}`));
}

/** How many of a node's outputs others can use. */
export function visibleOutputCount(node: GraphNode): number {
  if (node.op === null) return 1;
  const { spec, attributes } = resolveNode(node);
  return spec.visibleOutputs(attributes);
}
