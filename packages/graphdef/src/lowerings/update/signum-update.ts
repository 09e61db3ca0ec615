import type { Lowering } from "@mxgraft/operator";
import type { SignumUpdateAttributes } from "@mxgraft/operators";
import { add, mul, sub, unary } from "../arithmetic.ts";
import { given } from "../given.ts";
import { decayedAfterClip } from "./prepared-gradient.ts";

/** Lowering of signum_update. */
export const signumUpdateLowering: Lowering<SignumUpdateAttributes> = {
  update(call) {
    const { graph, weight, attributes, slots, scalar } = call;
    const { momentum, wd_lh } = attributes;
    const mom = given(slots[0], "mom");
    const g = mul(graph, decayedAfterClip(call), 1 - momentum);
    const next = sub(graph, mul(graph, mom.read(), momentum), g);
    const lr = scalar("lr");
    const step = mul(graph, unary(graph, "Sign", next), lr);
    const kept = wd_lh === 0 ? weight.read() : mul(graph, weight.read(), sub(graph, 1, mul(graph, lr, wd_lh)));
    const output = add(graph, kept, step);
    mom.write(next);
    weight.write(output);
  },
};
