import type { Lowering } from "@mxgraft/operator";
import type { SgdMomUpdateAttributes } from "@mxgraft/operators";
import { given } from "../given.ts";
import { decayedAfterClip, nativeRates } from "./prepared-gradient.ts";

/** Lowering of sgd_mom_update. */
export const sgdMomUpdateLowering: Lowering<SgdMomUpdateAttributes> = {
  update(call) {
    const { graph, attributes, gradient, weight, slots, scalar } = call;
    const momentum = given(slots[0], "mom");
    if (graph.offers("MxgraftSgdMomUpdate")) {
      const { clip_gradient } = attributes;
      const inputs = [weight.handle, momentum.handle, gradient, ...nativeRates(call), scalar("momentum")];
      graph.effect("MxgraftSgdMomUpdate", inputs, [weight, momentum], { clip_gradient });
      return;
    }
    const g = decayedAfterClip(call);
    // accum = momentum * accum - lr * g; weight += accum
    const inputs = [weight.handle, momentum.handle, scalar("lr"), g, scalar("momentum")];
    graph.effect("ResourceApplyKerasMomentum", inputs, [weight, momentum]);
  },
};
