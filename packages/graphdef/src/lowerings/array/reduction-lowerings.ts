import { type Shape, sizeOf } from "@mxgraft/base";
import type { GraphBuilder, GraphValue, Lowering } from "@mxgraft/operator";
import { type ReductionAttributes, reducedAxes, reducedShape } from "@mxgraft/operators";
import { binary, cast, div, mul } from "../arithmetic.ts";
import { given } from "../given.ts";
import { batchShape, integers, reshaped } from "../shapes.ts";

interface Reduction {
  readonly operator: string;
  /**
   * The gradient, or something that repeating along the axes makes it.
   *
   * @param dy     with size 1 for each axis that was reduced, as `y`.
   * @param count  elements that became one.
   */
  backward(graph: GraphBuilder, dy: GraphValue, count: number, call: { x(): GraphValue; y(): GraphValue }): GraphValue;
}

/** Sizes to repeat to; that of the first axis at run time where it was not reduced. */
function target(graph: GraphBuilder, dy: GraphValue, shape: Shape, axes: readonly number[]): GraphValue {
  return shape.length === 0 || axes.includes(0) ? integers(graph, shape) : batchShape(graph, dy, shape.slice(1));
}

function reductionLowering({ operator, backward }: Reduction): Lowering<ReductionAttributes> {
  return {
    accepts: (_, [shape = []]) => sizeOf(shape) > 0,
    forward({ graph, attributes, inputs: [data], inputShapes: [shape = []], outputShapes: [output = []] }) {
      const x = given(data, "data");
      const axes = reducedAxes(attributes, shape.length);
      // tfjs computes a mean in floating point.
      const seen = operator === "Mean" ? cast(graph, x, "float32") : x;
      const reduced = graph.one(operator, [seen, integers(graph, axes)], { keep_dims: true });
      const kept = reducedShape(shape, axes, true);
      const result = kept.length === output.length ? reduced : reshaped(graph, reduced, output);
      return [cast(graph, result, x.type)];
    },
    backward({ graph, attributes, headGradients: [head], inputs, outputs, inputShapes: [shape = []] }) {
      if (!head) return [];
      const axes = reducedAxes(attributes, shape.length);
      const kept = reducedShape(shape, axes, true);
      const dy = reshaped(graph, head, kept);
      const gradient = backward(graph, dy, sizeOf(shape) / sizeOf(kept), {
        x: () => given(inputs[0], "data"),
        y: () => reshaped(graph, given(outputs[0], "output"), kept),
      });
      return [graph.one("BroadcastTo", [gradient, target(graph, dy, shape, axes)])];
    },
  };
}

/** The gradient goes to every element that is as the result. */
const toEqual: Reduction["backward"] = (graph, dy, _, { x, y }) =>
  mul(graph, dy, cast(graph, binary(graph, "Equal", x(), y()), dy.type));

/** Lowerings of reductions along axes, by MXNet's names. */
export const reductionLowerings = {
  sum: reductionLowering({ operator: "Sum", backward: (_, dy) => dy }),
  mean: reductionLowering({ operator: "Mean", backward: (graph, dy, count) => div(graph, dy, count) }),
  max: reductionLowering({ operator: "Max", backward: toEqual }),
  min: reductionLowering({ operator: "Min", backward: toEqual }),
} as const;
