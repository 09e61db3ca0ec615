import type { Lowering } from "@mxgraft/operator";
import { given } from "../given.ts";
import { reshaped } from "../shapes.ts";

/** Lowering of Reshape, Flatten and whatever else gives data the shape that inference found. */
export const reshapeLowering: Lowering = {
  forward({ graph, inputs: [data], outputShapes: [shape] }) {
    return [reshaped(graph, given(data, "data"), given(shape, "the shape of the output"))];
  },
  backward({ graph, headGradients: [dy], inputShapes: [shape] }) {
    return dy ? [reshaped(graph, dy, given(shape, "the shape of data"))] : [];
  },
};
