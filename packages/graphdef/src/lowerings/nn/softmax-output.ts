import { equalShapes, type Shape } from "@mxgraft/base";
import type { GraphBuilder, GraphValue, Lowering } from "@mxgraft/operator";
import type { SoftmaxOutputAttributes } from "@mxgraft/operators";
import { binary, cast, div, mul, type Operand, sub } from "../arithmetic.ts";
import { given } from "../given.ts";
import { batchShape, countOf, integers, reshapedLike, summed } from "../shapes.ts";

/** Classes of a softmax of data with a shape. */
function classesOf(shape: Shape, { multi_output, preserve_shape }: SoftmaxOutputAttributes): number {
  if (multi_output) return shape[1] ?? 1;
  const own = preserve_shape ? shape.slice(-1) : shape.slice(1);
  return own.reduce((product, size) => product * size, 1);
}

/** Data as (rows, classes), one softmax a row. In memory, multi_output has the classes last. */
function asRows(graph: GraphBuilder, x: GraphValue, shape: Shape, classes: number): GraphValue {
  if (shape.length === 2) return x;
  return graph.one("Reshape", [x, integers(graph, [-1, classes])]);
}

/** What the labels want the rows to be. */
function targetOf(graph: GraphBuilder, labels: GraphValue, classes: number, smooth: number): GraphValue {
  const spread = smooth === 0 ? 0 : smooth / (classes - 1);
  const on = graph.constant(1 - smooth);
  return graph.one("OneHot", [labels, graph.constant(classes, "int32"), on, graph.constant(spread)]);
}

/** What the gradient is divided by besides `grad_scale`. */
function divisorOf(
  graph: GraphBuilder,
  { normalization, multi_output, ignore_label }: SoftmaxOutputAttributes,
  labels: GraphValue,
  labelShape: Shape,
): Operand {
  if (normalization === "valid") {
    const valid = binary(graph, "NotEqual", labels, Math.trunc(ignore_label));
    return binary(graph, "Maximum", summed(graph, cast(graph, valid, "float32"), [0]), 1);
  }
  if (normalization === "batch") return countOf(graph, labels);
  return multi_output ? labelShape.slice(1).reduce((product, size) => product * size, 1) : 1;
}

/** Lowering of SoftmaxOutput. */
export const softmaxOutputLowering: Lowering<SoftmaxOutputAttributes> = {
  forward({ graph, attributes, inputs, inputShapes: [shape = []] }) {
    const data = given(inputs[0], "data");
    const rows = graph.one("Softmax", [asRows(graph, data, shape, classesOf(shape, attributes))]);
    return [shape.length === 2 ? rows : reshapedLike(graph, rows, data)];
  },
  backward({ graph, attributes, inputs, outputs, inputShapes }) {
    const label = given(inputs[1], "label");
    const output = given(outputs[0], "output");
    const [shape = [], labelShape = []] = inputShapes;
    const { grad_scale, use_ignore, ignore_label, smooth_alpha, multi_output, preserve_shape } = attributes;
    const withOutput = (dx: GraphValue) => (attributes.out_grad ? mul(graph, dx, output) : dx);
    if (equalShapes(shape, labelShape)) return [withOutput(mul(graph, sub(graph, output, label), grad_scale))];
    const classes = classesOf(shape, attributes);
    const rows = asRows(graph, output, shape, classes);
    const whole = cast(graph, label, "int32");
    const labels = labelShape.length === 1 ? whole : graph.one("Reshape", [whole, integers(graph, [-1])]);
    // Without multi_output and preserve_shape data of more than two axes has more labels than rows; MXNet takes the first.
    const hasMore = !multi_output && !preserve_shape && labelShape.length > 1;
    const own = hasMore ? graph.one("Slice", [labels, integers(graph, [0]), batchShape(graph, rows, [])]) : labels;
    const target = targetOf(graph, own, classes, multi_output ? 0 : smooth_alpha);
    const divisor = divisorOf(graph, attributes, labels, labelShape);
    const factor = typeof divisor === "number" ? grad_scale / divisor : div(graph, grad_scale, divisor);
    const scaled = mul(graph, sub(graph, rows, target), factor);
    const kept = () => {
      const mask = cast(graph, binary(graph, "NotEqual", own, Math.trunc(ignore_label)), "float32");
      return mul(graph, scaled, graph.one("ExpandDims", [mask, graph.constant(1, "int32")]));
    };
    const gradient = use_ignore ? kept() : scaled;
    return [withOutput(shape.length === 2 ? gradient : reshapedLike(graph, gradient, output))];
  },
};
