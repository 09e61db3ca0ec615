import type { Lowering } from "@mxgraft/operator";
import type { DropoutAttributes } from "@mxgraft/operators";
import { binary, cast, mul } from "../arithmetic.ts";
import { given } from "../given.ts";
import { batchShape, integers, shapeOf } from "../shapes.ts";

/** Lowering of Dropout. */
export const dropoutLowering: Lowering<DropoutAttributes> = {
  forward({ graph, attributes: { p, mode, axes }, inputs, outputShapes: [, maskShape = []], isTrain, seed }) {
    const data = given(inputs[0], "data");
    // A mask of one 1 stands for nothing dropped.
    if (p === 0 || (mode === "training" && !isTrain)) return [graph.one("Identity", [data]), graph.constant(1)];
    const keep = 1 - p;
    const batched = axes.includes(0) ? integers(graph, maskShape) : batchShape(graph, data, maskShape.slice(1));
    // Without axes the data may be in any layout, and the mask is as the data.
    const shape = axes.length === 0 ? shapeOf(graph, data) : batched;
    const uniform = graph.one("StatelessRandomUniform", [shape, seed()], { dtype: { type: "float32" } });
    const mask = mul(graph, cast(graph, binary(graph, "Less", uniform, keep), "float32"), 1 / keep);
    return [mul(graph, data, mask), mask];
  },
  backward({ graph, outputs, headGradients: [dy] }) {
    return dy ? [mul(graph, dy, given(outputs[1], "mask"))] : [];
  },
};
