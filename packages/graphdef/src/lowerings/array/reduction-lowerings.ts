import { type Shape, sizeOf } from "@mxgraft/base";
import type { GraphBuilder, GraphValue, Lowering } from "@mxgraft/operator";
import {
  type NormAttributes,
  type ReducedAxes,
  type ReductionAttributes,
  reducedAxes,
  reducedShape,
} from "@mxgraft/operators";
import { binary, cast, div, mul, type Operand, unary } from "../arithmetic.ts";
import { given } from "../given.ts";
import { countOf, integers, reshaped, shapeAtRun, shapeOf } from "../shapes.ts";

/** What the gradient of a reduction is computed from. */
interface ReducedCall<A> {
  readonly attributes: A;
  x(): GraphValue;
  /** The output, with size 1 for each axis that was reduced. */
  y(): GraphValue;
  /** Elements that became one. */
  count(): Operand;
}

interface Reduction<A> {
  /** The reduced array, with size 1 for each axis of `axes`. */
  forward(graph: GraphBuilder, x: GraphValue, axes: GraphValue, attributes: A): GraphValue;
  /**
   * The gradient, or something that repeating along the axes makes it.
   *
   * @param dy  with size 1 for each axis that was reduced.
   */
  backward(graph: GraphBuilder, dy: GraphValue, call: ReducedCall<A>): GraphValue;
}

/** TensorFlow's operator that reduces along axes and keeps them. */
function reduced(graph: GraphBuilder, operator: string, x: GraphValue, axes: GraphValue): GraphValue {
  return graph.one(operator, [x, axes], { keep_dims: true });
}

/** The lowering of a reduction along axes. Where the batch is among them, its size is asked for at run time. */
function reductionLowering<A extends ReducedAxes = ReductionAttributes>({
  forward,
  backward,
}: Reduction<A>): Lowering<A> {
  return {
    accepts: (_, [shape = []]) => sizeOf(shape) > 0,
    forward({ graph, attributes, inputs: [data], inputShapes: [shape = []], outputShapes: [output = []] }) {
      const x = given(data, "data");
      const axes = reducedAxes(attributes, shape.length);
      const result = forward(graph, x, integers(graph, axes), attributes);
      const shaped = shape.length === output.length ? result : reshaped(graph, result, output);
      const count = () => div(graph, countOf(graph, x), countOf(graph, result));
      return { outputs: [cast(graph, shaped, x.type)], saved: axes.includes(0) ? [shapeOf(graph, x), count()] : [] };
    },
    backward({ graph, attributes, headGradients: [head], inputs, outputs, inputShapes: [shape = []], saved }) {
      if (!head) return [];
      const kept: Shape = reducedShape(shape, reducedAxes(attributes, shape.length), true);
      const dy = reshaped(graph, head, kept);
      const [sizes, count] = saved;
      const gradient = backward(graph, dy, {
        attributes,
        x: () => given(inputs[0], "data"),
        y: () => reshaped(graph, given(outputs[0], "output"), kept),
        count: () => count ?? sizeOf(shape) / sizeOf(kept),
      });
      return [graph.one("BroadcastTo", [gradient, sizes ?? shapeAtRun(graph, shape, dy, kept)])];
    },
  };
}

/** The gradient goes to every element that is as the result. */
const toEqual: Reduction<unknown>["backward"] = (graph, dy, { x, y }) =>
  mul(graph, dy, cast(graph, binary(graph, "Equal", x(), y()), dy.type));

/** A value with something else in the place of what is no number. */
function withoutNaN(graph: GraphBuilder, x: GraphValue, condition: GraphValue, instead: number): GraphValue {
  return graph.one("SelectV2", [unary(graph, "IsNan", condition), graph.constant(instead, x.type), x]);
}

/** Lowerings of reductions along axes, by MXNet's names. */
export const reductionLowerings = {
  sum: reductionLowering({ forward: (graph, x, axes) => reduced(graph, "Sum", x, axes), backward: (_, dy) => dy }),
  mean: reductionLowering({
    // tfjs computes a mean in floating point.
    forward: (graph, x, axes) => reduced(graph, "Mean", cast(graph, x, "float32"), axes),
    backward: (graph, dy, { count }) => div(graph, dy, count()),
  }),
  max: reductionLowering({ forward: (graph, x, axes) => reduced(graph, "Max", x, axes), backward: toEqual }),
  min: reductionLowering({ forward: (graph, x, axes) => reduced(graph, "Min", x, axes), backward: toEqual }),
  nansum: reductionLowering({
    forward: (graph, x, axes) => reduced(graph, "Sum", withoutNaN(graph, x, x, 0), axes),
    backward: (graph, dy, { x }) => withoutNaN(graph, dy, x(), 0),
  }),
  prod: reductionLowering({
    forward: (graph, x, axes) => reduced(graph, "Prod", x, axes),
    backward: (graph, dy, { x, y }) => mul(graph, dy, div(graph, y(), x())),
  }),
  nanprod: reductionLowering({
    forward: (graph, x, axes) => reduced(graph, "Prod", withoutNaN(graph, x, x, 1), axes),
    backward: (graph, dy, { x, y }) => withoutNaN(graph, mul(graph, dy, div(graph, y(), x())), x(), 0),
  }),
  norm: reductionLowering<NormAttributes>({
    forward(graph, x, axes, { ord }) {
      if (ord === 1) return reduced(graph, "Sum", unary(graph, "Abs", x), axes);
      return unary(graph, "Sqrt", reduced(graph, "Sum", unary(graph, "Square", x), axes));
    },
    backward: (graph, dy, { attributes: { ord }, x, y }) =>
      mul(graph, dy, ord === 1 ? unary(graph, "Sign", x()) : div(graph, x(), y())),
  }),
} as const;
