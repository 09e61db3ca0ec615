import { normalizeAxis } from "@mxgraft/base";
import {
  type AttributesOf,
  boolean,
  defaulted,
  defineOperator,
  integer,
  type OperatorSpec,
  real,
} from "@mxgraft/operator";
import { sameShape } from "../nn/same-shape.ts";

const attributes = {
  axis: defaulted(integer(), -1, "axis that is normalized"),
  eps: defaulted(real, 1e-5, "added to the variance"),
  output_mean_var: defaulted(boolean, false, "whether mean and std are outputs"),
};

export type LayerNormAttributes = AttributesOf<typeof attributes>;

/**
 * Layer normalization: the elements along one axis brought to mean 0 and variance 1, then scaled and shifted.
 *
 *   output = (data - mean) / std * gamma + beta,  std = sqrt(variance + eps)
 *
 * Shapes (K = size of `axis`):
 *   data    argument  any
 *   gamma   argument  (K)
 *   beta    argument  (K)
 *   output  output    as data
 *   mean    output    data with 1 for K   hidden unless `output_mean_var`
 *   std     output    data with 1 for K   hidden unless `output_mean_var`
 *
 * Gradients of mean and std are not passed on, as in MXNet.
 *
 * @throws ShapeError  `axis` is out of range.
 */
export const layerNorm: OperatorSpec<LayerNormAttributes> = defineOperator({
  name: "LayerNorm",
  aliases: ["_npx_layer_norm"],
  attributes,
  arguments: ["data", "gamma", "beta"],
  outputs: ["output", "mean", "std"],
  visibleOutputs: ({ output_mean_var }) => (output_mean_var ? 3 : 1),
  backwardReads: () => ({ arguments: [0, 1], outputs: [1, 2] }),
  inferShape({ axis }, known) {
    const { arguments: [data] = [] } = sameShape(known);
    if (data === undefined) return {};
    const normalized = normalizeAxis(axis, data.length, 'attribute "axis"');
    const scale = [data[normalized] ?? 0];
    const statistics = data.with(normalized, 1);
    return { arguments: [data, scale, scale], outputs: [data, statistics, statistics] };
  },
});
