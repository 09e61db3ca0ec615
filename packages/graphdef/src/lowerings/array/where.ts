import type { Shape } from "@mxgraft/base";
import type { GraphBuilder, GraphValue, Lowering } from "@mxgraft/operator";
import { unary } from "../arithmetic.ts";
import { truth } from "../elementwise/truth.ts";
import { given } from "../given.ts";
import { integers } from "../shapes.ts";

/** Which elements come from x; a condition of one axis is repeated along the others. */
function fromX(graph: GraphBuilder, condition: GraphValue, [shape = [], x = []]: readonly Shape[]): GraphValue {
  const chosen = truth(graph, condition);
  if (shape.length === x.length) return chosen;
  return graph.one("Reshape", [chosen, integers(graph, [-1, ...x.slice(1).map(() => 1)])]);
}

/** Lowering of where. */
export const whereLowering: Lowering = {
  forward({ graph, inputs, inputShapes }) {
    const chosen = fromX(graph, given(inputs[0], "condition"), inputShapes);
    return [graph.one("SelectV2", [chosen, given(inputs[1], "x"), given(inputs[2], "y")])];
  },
  backward({ graph, inputs, inputShapes, headGradients: [dy], wanted: [, wantsX, wantsY] }) {
    if (!dy) return [];
    const chosen = fromX(graph, given(inputs[0], "condition"), inputShapes);
    const zero = unary(graph, "ZerosLike", dy);
    return [
      undefined,
      wantsX ? graph.one("SelectV2", [chosen, dy, zero]) : undefined,
      wantsY ? graph.one("SelectV2", [chosen, zero, dy]) : undefined,
    ];
  },
};
