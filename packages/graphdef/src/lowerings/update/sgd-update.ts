import type { Lowering } from "@mxgraft/operator";
import type { SgdUpdateAttributes } from "@mxgraft/operators";
import { decayedAfterClip, nativeRates } from "./prepared-gradient.ts";

/** Lowering of sgd_update. */
export const sgdUpdateLowering: Lowering<SgdUpdateAttributes> = {
  update(call) {
    const { graph, attributes, gradient, weight, scalar } = call;
    if (graph.offers("MxgraftSgdUpdate")) {
      const { clip_gradient } = attributes;
      graph.effect("MxgraftSgdUpdate", [weight.handle, gradient, ...nativeRates(call)], [weight], { clip_gradient });
      return;
    }
    const g = decayedAfterClip(call);
    graph.effect("ResourceApplyGradientDescent", [weight.handle, scalar("lr"), g], [weight]);
  },
};
