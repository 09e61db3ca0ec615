import type { Lowering } from "@mxgraft/operator";
import { mul } from "../arithmetic.ts";
import { given } from "../given.ts";

/** Lowering of _contrib_div_sqrt_dim. */
export const contribDivSqrtDimLowering: Lowering = {
  forward({ graph, inputs: [data], inputShapes: [shape = []] }) {
    return [mul(graph, given(data, "data"), 1 / Math.sqrt(shape.at(-1) ?? 1))];
  },
  backward({ graph, inputShapes: [shape = []], headGradients: [dy] }) {
    return dy ? [mul(graph, dy, 1 / Math.sqrt(shape.at(-1) ?? 1))] : [];
  },
};
