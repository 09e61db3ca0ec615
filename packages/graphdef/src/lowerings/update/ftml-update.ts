import type { Lowering } from "@mxgraft/operator";
import type { FtmlUpdateAttributes } from "@mxgraft/operators";
import { add, binary, div, mul, sub, unary } from "../arithmetic.ts";
import { given } from "../given.ts";
import { movingMean } from "./moving-mean.ts";
import { clipped, decayed, rescaled } from "./prepared-gradient.ts";

/** Lowering of ftml_update. */
export const ftmlUpdateLowering: Lowering<FtmlUpdateAttributes> = {
  update(call) {
    const { graph, weight, attributes, slots, scalar } = call;
    const { clip_grad, beta1, beta2, epsilon } = attributes;
    const [d, v, z] = [given(slots[0], "d"), given(slots[1], "v"), given(slots[2], "z")];
    const g = clipped(graph, decayed(call, rescaled(call)), clip_grad);
    const [lr, t] = [scalar("lr"), scalar("t")];
    /** 1 - beta^t */
    const correction = (beta: number) => sub(graph, 1, binary(graph, "Pow", beta, t));
    const nextV = movingMean(graph, v.read(), unary(graph, "Square", g), beta2);
    const root = unary(graph, "Sqrt", div(graph, nextV, correction(beta2)));
    const nextD = mul(graph, add(graph, root, epsilon), div(graph, correction(beta1), lr));
    const sigma = sub(graph, nextD, mul(graph, d.read(), beta1));
    const nextZ = sub(graph, movingMean(graph, z.read(), g, beta1), mul(graph, sigma, weight.read()));
    const output = unary(graph, "Neg", div(graph, nextZ, nextD));
    d.write(nextD);
    v.write(nextV);
    z.write(nextZ);
    weight.write(output);
  },
};
