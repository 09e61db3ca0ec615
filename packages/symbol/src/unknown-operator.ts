import type { OperatorSpec } from "@mxgraft/operator";
import type { GraphNode } from "./graph-node.ts";

const placeholders = new WeakSet<OperatorSpec>();

/**
 * A spec that stands for an operator that is not registered, so that its graph can be looked at: it takes any
 * attributes, has as many inputs and outputs as the file uses, and infers nothing.
 */
export function unknownOperator(name: string, inputs: number, outputs: number): OperatorSpec {
  const all = Array.from({ length: inputs }, (_, i) => `arg${i}`);
  const spec: OperatorSpec = {
    name,
    aliases: [],
    parse: (raw) => new Map(raw),
    arguments: () => all,
    outputs: () => (outputs === 1 ? ["output"] : Array.from({ length: outputs }, (_, i) => `output${i}`)),
    visibleOutputs: () => outputs,
    auxiliaryStates: () => [],
    inferShape: () => ({}),
    inferType: () => ({}),
    differentiable: false,
    needsHeadGradient: () => true,
    backwardReads: () => ({ arguments: [], outputs: [] }),
    mutates: () => [],
  };
  placeholders.add(spec);
  return spec;
}

/** Whether a node's operator was not registered when its file was read with `unknownOperators: "keep"`. */
export function isUnknownOperator(node: GraphNode): boolean {
  return node.spec !== undefined && placeholders.has(node.spec);
}
