import type { GraphBuilder, GraphValue, Lowering } from "@mxgraft/operator";
import type { LayerNormAttributes } from "@mxgraft/operators";
import { add, mul } from "../arithmetic.ts";
import { given } from "../given.ts";
import { summed } from "../shapes.ts";
import { meanOfRows, standardize, standardizeGradient } from "./standardize.ts";

// In memory, the axis is the last.

/** The sums over all axes but the last. */
function sumToLast(graph: GraphBuilder, x: GraphValue, rank: number): GraphValue {
  return summed(
    graph,
    x,
    Array.from({ length: rank - 1 }, (_, axis) => axis),
  );
}

/** Lowering of LayerNorm. */
export const layerNormLowering: Lowering<LayerNormAttributes> = {
  forward({ graph, attributes: { eps }, inputs }) {
    const { centered, mean, std, inverse } = standardize(graph, given(inputs[0], "data"), eps);
    const rows = mul(graph, centered, inverse);
    const output = add(graph, mul(graph, rows, given(inputs[1], "gamma")), given(inputs[2], "beta"));
    return { outputs: [output, mean, std], saved: [rows, inverse] };
  },
  backward({ graph, inputs, inputShapes: [shape = []], saved, headGradients: [dy], wanted }) {
    if (!dy) return [];
    const [rows, inverse] = [given(saved[0], "the rows"), given(saved[1], "1 / std")];
    const gamma = given(inputs[1], "gamma");
    const dx = () => {
      const dRows = mul(graph, dy, gamma);
      const factor = meanOfRows(graph, mul(graph, dRows, rows));
      return mul(graph, standardizeGradient(graph, dRows, meanOfRows(graph, dRows), rows, factor), inverse);
    };
    return [
      wanted[0] ? dx() : undefined,
      wanted[1] ? sumToLast(graph, mul(graph, dy, rows), shape.length) : undefined,
      wanted[2] ? sumToLast(graph, dy, shape.length) : undefined,
    ];
  },
};
