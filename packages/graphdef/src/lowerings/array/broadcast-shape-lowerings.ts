import type { Lowering } from "@mxgraft/operator";
import { given } from "../given.ts";
import { shapeAtRun, sumToShape } from "../shapes.ts";

/** Lowering of operators that repeat their first argument along axes of size 1, to the size of another one if there is. */
const repeated: Lowering = {
  forward({ graph, inputs, inputShapes: [shape = [], other], outputShapes: [output = []] }) {
    const data = given(inputs[0], "data");
    const [like, likeShape] = other && shape[0] !== output[0] ? [given(inputs[1], "rhs"), other] : [data, shape];
    return [graph.one("BroadcastTo", [data, shapeAtRun(graph, output, like, likeShape)])];
  },
  backward({ graph, inputShapes: [shape = []], outputShapes: [output = []], headGradients: [dy] }) {
    return dy ? [sumToShape(graph, dy, output, shape)] : [];
  },
};

/** Lowerings of the operators that repeat axes of size 1, by MXNet's names. */
export const broadcastShapeLowerings = {
  broadcast_axis: repeated,
  broadcast_like: repeated,
  broadcast_to: repeated,
} as const;
