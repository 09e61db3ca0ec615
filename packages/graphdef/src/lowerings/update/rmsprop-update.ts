import type { Lowering } from "@mxgraft/operator";
import type { RmspropUpdateAttributes } from "@mxgraft/operators";
import { add, div, mul, sub, unary } from "../arithmetic.ts";
import { given } from "../given.ts";
import { movingMean } from "./moving-mean.ts";
import { clipped, clippedAfterDecay } from "./prepared-gradient.ts";

/** Lowering of rmsprop_update. */
export const rmspropUpdateLowering: Lowering<RmspropUpdateAttributes> = {
  update(call) {
    const { graph, weight, attributes, slots, scalar } = call;
    const { clip_weights, gamma1, epsilon } = attributes;
    const n = given(slots[0], "n");
    const g = clippedAfterDecay(call);
    const next = movingMean(graph, n.read(), unary(graph, "Square", g), gamma1);
    const step = div(graph, mul(graph, g, scalar("lr")), unary(graph, "Sqrt", add(graph, next, epsilon)));
    const moved = clipped(graph, sub(graph, weight.read(), step), clip_weights);
    n.write(next);
    weight.write(moved);
  },
};
