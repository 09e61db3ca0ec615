import type { Lowering } from "@mxgraft/operator";
import { binary, cast, mul } from "../arithmetic.ts";
import { given } from "../given.ts";
import { integers, summed } from "../shapes.ts";

/** -log(1e-8): MXNet takes a smaller probability for 1e-8. */
const MOST = -Math.log(1e-8);

/** Lowering of softmax_cross_entropy. */
export const softmaxCrossEntropyLowering: Lowering = {
  forward({ graph, inputs, inputShapes: [shape = []] }) {
    const classes = shape[1] ?? 1;
    const label = cast(graph, given(inputs[1], "label"), "int32");
    const hot = graph.one("OneHot", [label, graph.constant(classes, "int32"), graph.constant(1), graph.constant(0)]);
    const [losses, slope] = graph.node("SoftmaxCrossEntropyWithLogits", [given(inputs[0], "data"), hot]);
    // A label that is no class has a probability of 0.
    const isClass = graph.one("LogicalAnd", [
      binary(graph, "GreaterEqual", label, 0),
      binary(graph, "Less", label, classes),
    ]);
    const bounded = binary(graph, "Minimum", given(losses, "the losses"), MOST);
    const sum = summed(graph, graph.one("SelectV2", [isClass, bounded, graph.constant(MOST)]), [0]);
    return { outputs: [graph.one("Reshape", [sum, integers(graph, [1])])], saved: [given(slope, "the gradient")] };
  },
  backward({ graph, saved: [slope], headGradients: [dy] }) {
    return dy ? [mul(graph, given(slope, "the gradient"), dy)] : [];
  },
};
