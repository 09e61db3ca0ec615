import type { Lowering } from "@mxgraft/operator";
import type { FtrlUpdateAttributes } from "@mxgraft/operators";
import { add, div, mul, sub, unary } from "../arithmetic.ts";
import { given } from "../given.ts";
import { clipped, rescaled } from "./prepared-gradient.ts";

/** Lowering of ftrl_update. */
export const ftrlUpdateLowering: Lowering<FtrlUpdateAttributes> = {
  update(call) {
    const { graph, weight, attributes, slots, scalar } = call;
    const { lamda1, beta, wd, clip_gradient } = attributes;
    const [z, n] = [given(slots[0], "z"), given(slots[1], "n")];
    const g = clipped(graph, rescaled(call), clip_gradient);
    const lr = scalar("lr");
    const nextN = add(graph, n.read(), unary(graph, "Square", g));
    const root = unary(graph, "Sqrt", nextN);
    const drift = mul(graph, sub(graph, root, unary(graph, "Sqrt", n.read())), div(graph, weight.read(), lr));
    const nextZ = sub(graph, add(graph, z.read(), g), drift);
    // sign(z) * lamda1 - z is the part of z beyond -lamda1..lamda1, with the other sign.
    const inside = graph.one("ClipByValue", [nextZ, graph.constant(-lamda1), graph.constant(lamda1)]);
    const scale = add(graph, div(graph, add(graph, root, beta), lr), wd);
    const output = div(graph, sub(graph, inside, nextZ), scale);
    z.write(nextZ);
    n.write(nextN);
    weight.write(output);
  },
};
