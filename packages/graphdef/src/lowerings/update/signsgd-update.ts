import type { Lowering } from "@mxgraft/operator";
import type { SignsgdUpdateAttributes } from "@mxgraft/operators";
import { unary } from "../arithmetic.ts";
import { decayed } from "./prepared-gradient.ts";

/** Lowering of signsgd_update. */
export const signsgdUpdateLowering: Lowering<SignsgdUpdateAttributes> = {
  update(call) {
    const { graph, weight, gradient, scalar } = call;
    const g = decayed(call, unary(graph, "Sign", gradient));
    graph.effect("ResourceApplyGradientDescent", [weight.handle, scalar("lr"), g], [weight]);
  },
};
