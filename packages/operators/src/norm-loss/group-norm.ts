import { formatShape, ShapeError } from "@mxgraft/base";
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
  num_groups: defaulted(integer({ min: 1 }), 1, "groups of neighbouring channels"),
  eps: defaulted(real, 1e-5, "added to the variance"),
  output_mean_var: defaulted(boolean, false, "whether mean and std are outputs"),
};

export type GroupNormAttributes = AttributesOf<typeof attributes>;

/**
 * Group normalization: each group of channels of each sample brought to mean 0 and variance 1, then scaled and shifted.
 *
 *   output = (data - mean) / std * gamma + beta,  std = sqrt(variance + eps)
 *
 * Shapes (N batch, C channels, G = num_groups):
 *   data    argument  (N, C, ...)
 *   gamma   argument  (G)          one for each group, as in MXNet
 *   beta    argument  (G)
 *   output  output    as data
 *   mean    output    (N, G)       hidden unless `output_mean_var`
 *   std     output    (N, G)       hidden unless `output_mean_var`
 *
 * Gradients of mean and std are not passed on, as in MXNet.
 *
 * @throws ShapeError  `data` has fewer than three axes, or `num_groups` does not divide its channels.
 */
export const groupNorm: OperatorSpec<GroupNormAttributes> = defineOperator({
  name: "GroupNorm",
  attributes,
  arguments: ["data", "gamma", "beta"],
  outputs: ["output", "mean", "std"],
  visibleOutputs: ({ output_mean_var }) => (output_mean_var ? 3 : 1),
  backwardReads: () => ({ arguments: [0, 1], outputs: [1, 2] }),
  inferShape({ num_groups }, known) {
    const { arguments: [data] = [] } = sameShape(known);
    if (data === undefined) return { arguments: [undefined, [num_groups], [num_groups]] };
    const [batch = 0, channels = 0] = data;
    if (data.length < 3 || channels % num_groups !== 0) {
      throw new ShapeError(
        `argument "data" has shape ${formatShape(data)}, expected 3 axes or more (batch, channel, places) with a number of channels that "num_groups", ${num_groups}, divides.`,
        { argument: "data", expected: num_groups, actual: data },
      );
    }
    const statistics = [batch, num_groups];
    return { arguments: [data, [num_groups], [num_groups]], outputs: [data, statistics, statistics] };
  },
});
