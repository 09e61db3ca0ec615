import type { Lowering } from "@mxgraft/operator";
import type { SVMOutputAttributes } from "@mxgraft/operators";
import { binary, cast, mul, sub, unary } from "../arithmetic.ts";
import { given } from "../given.ts";
import { integers, reshapedLike } from "../shapes.ts";

/** Lowering of SVMOutput. */
export const svmOutputLowering: Lowering<SVMOutputAttributes> = {
  forward: ({ graph, inputs: [data] }) => [graph.one("Identity", [given(data, "data")])],
  backward({ graph, attributes, inputs, inputShapes: [shape = []] }) {
    const { margin, regularization_coefficient, use_linear } = attributes;
    const data = given(inputs[0], "data");
    const label = graph.one("Reshape", [cast(graph, given(inputs[1], "label"), "int32"), integers(graph, [-1])]);
    const classes = graph.constant(shape.at(-1) ?? 1, "int32");
    // 1 for the labelled class, -1 for the others.
    const hot = graph.one("OneHot", [label, classes, graph.constant(1), graph.constant(-1)]);
    const sides = reshapedLike(graph, hot, data);
    const violation = unary(graph, "Relu", sub(graph, margin, mul(graph, sides, data)));
    const slope = use_linear
      ? cast(graph, binary(graph, "Greater", violation, 0), "float32")
      : mul(graph, violation, 2);
    return [mul(graph, mul(graph, slope, sides), -regularization_coefficient)];
  },
};
