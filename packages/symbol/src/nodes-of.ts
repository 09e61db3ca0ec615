import type { EntryRef, GraphNode } from "./graph-node.ts";

/**
 * All nodes that some entries need, each after its inputs: MXNet's depth-first post order, in which arguments are
 * listed and files written. Does not recurse, so that a chain of any length works.
 */
export function nodesOf(graph: { readonly entries: readonly EntryRef[] }): GraphNode[] {
  const order: GraphNode[] = [];
  const seen = new Set<GraphNode>();
  const open: { node: GraphNode; next: number }[] = [];
  for (const { node: head } of graph.entries) {
    if (seen.has(head)) continue;
    seen.add(head);
    open.push({ node: head, next: 0 });
    for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
      const input = top.node.inputs[top.next];
      if (input === undefined) {
        order.push(top.node);
        open.pop();
        continue;
      }
      top.next++;
      if (seen.has(input.node)) continue;
      seen.add(input.node);
      open.push({ node: input.node, next: 0 });
    }
  }
  return order;
}
