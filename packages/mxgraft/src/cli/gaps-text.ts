import { didYouMean } from "@mxgraft/base";
import { customOperators, operators } from "@mxgraft/operator";
import type { UnsupportedNode } from "../model/unsupported-nodes.ts";

/** Nodes that cannot be run, by operator, with what to do about them. */
export function gapsText(gaps: readonly UnsupportedNode[], backend: string): string {
  const groups = new Map<string, UnsupportedNode[]>();
  for (const gap of gaps) {
    const key = `${gap.gap} ${gap.opType ?? gap.operator}`;
    groups.set(key, [...(groups.get(key) ?? []), gap]);
  }
  const lines = [...groups.values()].map((nodes) => `  ${groupText(nodes, backend)}`);
  const missing = gaps.find(({ gap }) => gap === "op_type");
  return [`${count(gaps.length, "node")} cannot be run:`, ...lines, ...(missing ? [howTo(missing)] : [])].join("\n");
}

function groupText(nodes: readonly UnsupportedNode[], backend: string): string {
  const [first] = nodes;
  if (first === undefined) return "";
  const names = nodes.map(({ node }) => `"${node}"`).join(", ");
  const where = `${count(nodes.length, "node")} ${names}`;
  switch (first.gap) {
    case "operator":
      return `Operator "${first.operator}" is not registered: ${where}.${didYouMean(first.operator, operators.names())}`;
    case "op_type": {
      const opType = first.opType ?? "";
      return `Custom operator "${opType}" is not registered: ${where}.${didYouMean(opType, customOperators.names())}`;
    }
    case "kernel": {
      const there = first.kernels?.length ? `it has kernels for ${first.kernels.join(", ")}` : "it has none";
      return `Operator "${first.opType ?? first.operator}" has no kernel for backend "${backend}", ${there}: ${where}.`;
    }
    default:
      return first.gap satisfies never;
  }
}

function howTo({ opType = "my_op" }: UnsupportedNode): string {
  const key = /^[A-Za-z_]\w*$/.test(opType) ? opType : JSON.stringify(opType);
  return `
A custom operator is code of the model's author; port its Python class and give the file with --plugin ./my-ops.ts:

  import { CustomOp, CustomOpProp } from "mxgraft";
  class Op extends CustomOp {
    override forward(isTrain, req, inData, outData, aux) { this.assign(outData[0], req[0], inData[0]); }
  }
  class Prop extends CustomOpProp { createOperator() { return new Op(); } }
  export default { name: "my-ops", customOperators: { ${key}: Prop } };`;
}

/** `1 node`, `3 nodes`. */
export function count(number: number, what: string): string {
  return `${number.toLocaleString("en-US")} ${what}${number === 1 ? "" : "s"}`;
}
