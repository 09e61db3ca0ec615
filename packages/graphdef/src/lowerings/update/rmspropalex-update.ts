import type { Lowering } from "@mxgraft/operator";
import type { RmspropalexUpdateAttributes } from "@mxgraft/operators";
import { add, div, mul, sub, unary } from "../arithmetic.ts";
import { given } from "../given.ts";
import { movingMean } from "./moving-mean.ts";
import { clipped, clippedAfterDecay } from "./prepared-gradient.ts";

/** Lowering of rmspropalex_update. */
export const rmspropalexUpdateLowering: Lowering<RmspropalexUpdateAttributes> = {
  update(call) {
    const { graph, weight, attributes, slots, scalar } = call;
    const { clip_weights, gamma1, gamma2, epsilon } = attributes;
    const [n, g, delta] = [given(slots[0], "n"), given(slots[1], "g"), given(slots[2], "delta")];
    const gradient = clippedAfterDecay(call);
    const nextN = movingMean(graph, n.read(), unary(graph, "Square", gradient), gamma1);
    const nextG = movingMean(graph, g.read(), gradient, gamma1);
    const spread = add(graph, sub(graph, nextN, unary(graph, "Square", nextG)), epsilon);
    const step = div(graph, mul(graph, gradient, scalar("lr")), unary(graph, "Sqrt", spread));
    const nextDelta = sub(graph, mul(graph, delta.read(), gamma2), step);
    const moved = clipped(graph, add(graph, weight.read(), nextDelta), clip_weights);
    n.write(nextN);
    g.write(nextG);
    delta.write(nextDelta);
    weight.write(moved);
  },
};
