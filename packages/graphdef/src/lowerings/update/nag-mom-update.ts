import type { Lowering } from "@mxgraft/operator";
import type { NagMomUpdateAttributes } from "@mxgraft/operators";
import { add, mul, sub } from "../arithmetic.ts";
import { given } from "../given.ts";
import { clipped, rescaled } from "./prepared-gradient.ts";

/** Lowering of nag_mom_update. */
export const nagMomUpdateLowering: Lowering<NagMomUpdateAttributes> = {
  update(call) {
    const { graph, weight, attributes, slots, scalar } = call;
    const mom = given(slots[0], "mom");
    const lr = scalar("lr");
    const momentum = scalar("momentum");
    const slope = mul(graph, clipped(graph, rescaled(call), attributes.clip_gradient), lr);
    const kept = mul(graph, mom.read(), momentum);
    const decay = attributes.wd === 0 ? undefined : mul(graph, lr, scalar("wd"));
    const step = decay ? add(graph, slope, mul(graph, weight.read(), decay)) : slope;
    const ahead = sub(graph, kept, step);
    const output = add(graph, weight.read(), sub(graph, mul(graph, ahead, momentum), step));
    // MXNet writes the weight before the momentum, so the decay in the momentum is that of the new weight.
    mom.write(decay ? sub(graph, kept, add(graph, slope, mul(graph, output, decay))) : ahead);
    weight.write(output);
  },
};
