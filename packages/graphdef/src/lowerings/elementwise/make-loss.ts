import type { Lowering } from "@mxgraft/operator";
import { unary } from "../arithmetic.ts";
import { given } from "../given.ts";
import { shapeOf } from "../shapes.ts";

/** Lowering of make_loss, whose gradient is 1 whatever comes from above. */
export const makeLossOfElementsLowering: Lowering = {
  forward({ graph, inputs }) {
    const data = given(inputs[0], "data");
    return { outputs: [unary(graph, "Identity", data)], saved: [shapeOf(graph, data)] };
  },
  backward: ({ graph, saved: [shape] }) => [graph.one("Fill", [given(shape, "the shape of data"), graph.constant(1)])],
};
