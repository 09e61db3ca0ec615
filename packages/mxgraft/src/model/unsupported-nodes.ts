import { CUSTOM } from "@mxgraft/operator";
import { isUnknownOperator, type Symbol as MxSymbol, resolveNode } from "@mxgraft/symbol";
import { customKernels, kernels } from "@mxgraft/tfjs";

/** A node that cannot be run. */
export interface UnsupportedNode {
  readonly node: string;
  /** MXNet's name of the operator. */
  readonly operator: string;
  /** Of a `Custom` node. */
  readonly opType?: string;
  /** Nobody registered the operator, nobody registered the `op_type`, or the backend has no kernel for it. */
  readonly gap: "operator" | "op_type" | "kernel";
  /** Backends that have a kernel, where the gap is one. */
  readonly kernels?: readonly string[];
}

/**
 * All nodes that cannot be run on a backend, without running anything. Read the graph with
 * `loadJson(text, { unknownOperators: "keep" })` to have all gaps at once.
 *
 * @param backend  name of a backend; it need not be there.
 */
export function unsupportedNodes(symbol: MxSymbol, backend: string): UnsupportedNode[] {
  const gaps: UnsupportedNode[] = [];
  for (const node of symbol.nodes()) {
    if (node.op === null) continue;
    const opType = node.op === CUSTOM ? node.attributes.get("op_type") : undefined;
    const subject = { node: node.name, operator: node.op, ...(opType === undefined ? {} : { opType }) };
    if (isUnknownOperator(node)) {
      gaps.push({ ...subject, gap: node.op === CUSTOM ? "op_type" : "operator" });
      continue;
    }
    const { spec, custom } = resolveNode(node);
    if (spec.createOperator) continue;
    const there = Object.keys((custom ? customKernels : kernels).find(spec.name) ?? {});
    if (!there.includes(backend) && !there.includes("portable")) {
      gaps.push({ ...subject, gap: "kernel", kernels: there });
    }
  }
  return gaps;
}
