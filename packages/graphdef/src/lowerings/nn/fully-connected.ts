import { type Shape, sizeOf } from "@mxgraft/base";
import type { GraphBuilder, GraphValue, Lowering } from "@mxgraft/operator";
import type { FullyConnectedAttributes } from "@mxgraft/operators";
import { given } from "../given.ts";
import { integers, reshaped } from "../shapes.ts";
import { finishFused } from "./finish-fused.ts";

/** Data as the matrix (rows, K) that the weight (H, K) multiplies. */
function asMatrix(graph: GraphBuilder, x: GraphValue, shape: Shape, columns: number): GraphValue {
  return shape.length === 2 && shape[1] === columns ? x : reshaped(graph, x, [sizeOf(shape) / columns, columns]);
}

function flat(graph: GraphBuilder, bias: GraphValue, shape: Shape): GraphValue {
  return shape.length === 1 ? bias : graph.one("Reshape", [bias, integers(graph, [-1])]);
}

/** Lowering of FullyConnected. */
export const fullyConnectedLowering: Lowering<FullyConnectedAttributes> = {
  accepts: (_, [data = []]) => sizeOf(data) > 0,
  forward({ graph, inputs, inputShapes, outputShapes: [outputShape = []] }) {
    const [dataShape = [], [, columns = 1] = [], biasShape] = inputShapes;
    const data = asMatrix(graph, given(inputs[0], "data"), dataShape, columns);
    const product = graph.one("MatMul", [data, given(inputs[1], "weight")], { transpose_b: true });
    const output = biasShape
      ? graph.one("BiasAdd", [product, flat(graph, given(inputs[2], "bias"), biasShape)])
      : product;
    return [outputShape.length === 2 ? output : reshaped(graph, output, outputShape)];
  },
  fused({ graph, data, prepared: [weight, bias], residual, activation, inputShapes, outputShape }) {
    const [dataShape = [], [, columns = 1] = []] = inputShapes;
    const matrix = asMatrix(graph, data, dataShape, columns);
    const product = graph.one("MatMul", [matrix, given(weight, "weight")], { transpose_b: true });
    const biased = bias ? graph.one("BiasAdd", [product, bias]) : product;
    const output = outputShape.length === 2 ? biased : reshaped(graph, biased, outputShape);
    return finishFused(graph, output, { residual, activation });
  },
  backward({ graph, inputs, inputShapes, outputShapes: [outputShape = []], headGradients: [head], wanted }) {
    if (!head) return [];
    const [dataShape = [], [rows = 1, columns = 1] = [], biasShape = []] = inputShapes;
    const dy = asMatrix(graph, head, outputShape, rows);
    const dx = () => {
      const gradient = graph.one("MatMul", [dy, given(inputs[1], "weight")]);
      return dataShape.length === 2 ? gradient : reshaped(graph, gradient, dataShape);
    };
    const dw = () => {
      const data = asMatrix(graph, given(inputs[0], "data"), dataShape, columns);
      return graph.one("MatMul", [dy, data], { transpose_a: true });
    };
    const db = () => {
      const gradient = graph.one("BiasAddGrad", [dy]);
      return biasShape.length === 1 ? gradient : reshaped(graph, gradient, biasShape);
    };
    return [wanted[0] ? dx() : undefined, wanted[1] ? dw() : undefined, wanted[2] ? db() : undefined];
  },
};
