import { normalizeAxis } from "@mxgraft/base";
import type { Lowering } from "@mxgraft/operator";
import type { StackAttributes } from "@mxgraft/operators";

function axisOf({ axis }: StackAttributes, output: readonly number[] = []): number {
  return normalizeAxis(axis, output.length, 'attribute "axis"');
}

/** Lowering of stack. */
export const stackLowering: Lowering<StackAttributes> = {
  forward({ graph, attributes, inputs, outputShapes: [output] }) {
    return [graph.one("Pack", [inputs], { axis: axisOf(attributes, output) })];
  },
  backward({ graph, attributes, inputShapes, outputShapes: [output], headGradients: [dy], wanted }) {
    if (!dy) return [];
    const parts = graph.node("Unpack", [dy], { num: inputShapes.length, axis: axisOf(attributes, output) });
    return parts.map((part, i) => (wanted[i] ? part : undefined));
  },
};
