import type { Lowering } from "@mxgraft/operator";
import type { SgdUpdateAttributes } from "@mxgraft/operators";
import { decayedAfterClip } from "./prepared-gradient.ts";

/** Lowering of sgd_update. */
export const sgdUpdateLowering: Lowering<SgdUpdateAttributes> = {
  update(call) {
    const { graph, weight, scalar } = call;
    const g = decayedAfterClip(call);
    graph.effect("ResourceApplyGradientDescent", [weight.handle, scalar("lr"), g], [weight]);
  },
};
