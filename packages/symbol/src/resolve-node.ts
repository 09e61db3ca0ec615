import { invariant } from "@mxgraft/base";
import { atNode, type ResolvedOperator, resolveOperator } from "@mxgraft/operator";
import type { GraphNode } from "./graph-node.ts";
import { isHidden } from "./hidden-keys.ts";

const resolved = new WeakMap<GraphNode, ResolvedOperator>();

/**
 * The operator of a node with its attributes parsed; looked up and parsed once for each node.
 *
 * @throws RegistryError   the operator is not registered; the error names the node.
 * @throws AttributeError  an attribute is missing, unknown or cannot be parsed.
 */
export function resolveNode(node: GraphNode): ResolvedOperator {
  const known = resolved.get(node);
  if (known) return known;
  const { op, spec } = node;
  invariant(op !== null, `variable "${node.name}" has no operator`);
  const visible = new Map([...node.attributes].filter(([name]) => !isHidden(name)));
  const operator = atNode(node.name, op, () =>
    spec ? { spec, attributes: spec.parse(visible), custom: false } : resolveOperator(op, visible),
  );
  resolved.set(node, operator);
  return operator;
}

/** Has the attributes parsed again the next time, after they were changed. */
export function forgetResolved(node: GraphNode): void {
  resolved.delete(node);
}
