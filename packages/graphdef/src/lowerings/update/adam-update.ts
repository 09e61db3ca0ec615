import type { Lowering } from "@mxgraft/operator";
import type { AdamUpdateAttributes } from "@mxgraft/operators";
import { given } from "../given.ts";
import { clippedAfterDecay, nativeRates } from "./prepared-gradient.ts";

/** Lowering of adam_update. */
export const adamUpdateLowering: Lowering<AdamUpdateAttributes> = {
  update(call) {
    const { graph, weight, attributes, gradient, slots, scalar } = call;
    const [mean, variance] = [given(slots[0], "mean"), given(slots[1], "var")];
    if (graph.offers("MxgraftAdamUpdate")) {
      const { clip_gradient, beta1, beta2, epsilon } = attributes;
      const arrays = [weight.handle, mean.handle, variance.handle, gradient];
      const fixed = { clip_gradient, beta1, beta2, epsilon };
      graph.effect("MxgraftAdamUpdate", [...arrays, ...nativeRates(call)], [weight, mean, variance], fixed);
      return;
    }
    const g = clippedAfterDecay(call);
    // The correction of the first steps is in `lr` already; with powers of 0 TensorFlow corrects nothing.
    const none = graph.constant(0);
    const rates = [attributes.beta1, attributes.beta2, attributes.epsilon].map((rate) => graph.constant(rate));
    const inputs = [weight.handle, mean.handle, variance.handle, none, none, scalar("lr"), ...rates, g];
    graph.effect("ResourceApplyAdam", inputs, [weight, mean, variance]);
  },
};
