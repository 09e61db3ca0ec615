import { formatShape, ShapeError } from "@mxgraft/base";
import { type AttributesOf, defaulted, defineOperator, type OperatorSpec, real } from "@mxgraft/operator";
import { sameShape } from "../nn/same-shape.ts";

const attributes = {
  eps: defaulted(real, 1e-3, "added to the variance"),
};

export type InstanceNormAttributes = AttributesOf<typeof attributes>;

/**
 * Instance normalization: each channel of each sample brought to mean 0 and variance 1, then scaled and shifted.
 *
 *   output = (data - mean) / sqrt(variance + eps) * gamma + beta
 *
 * Shapes (N batch, C channels):
 *   data    argument  (N, C, ...)
 *   gamma   argument  (C)
 *   beta    argument  (C)
 *   output  output    as data
 *   mean    output    (N, C)       hidden
 *   std     output    (N, C)       hidden: sqrt(variance + eps)
 *
 * @throws ShapeError  `data` has fewer than three axes.
 */
export const instanceNorm: OperatorSpec<InstanceNormAttributes> = defineOperator({
  name: "InstanceNorm",
  attributes,
  arguments: ["data", "gamma", "beta"],
  outputs: ["output", "mean", "std"],
  visibleOutputs: 1,
  backwardReads: () => ({ arguments: [0, 1], outputs: [1, 2] }),
  inferShape(_, known) {
    const { arguments: [data] = [] } = sameShape(known);
    if (data === undefined) return {};
    if (data.length < 3) {
      throw new ShapeError(
        `argument "data" has shape ${formatShape(data)}, expected 3 axes or more (batch, channel, places).`,
        { argument: "data", expected: 3, actual: data },
      );
    }
    const [batch = 0, channels = 0] = data;
    const statistics = [batch, channels];
    return { arguments: [data, [channels], [channels]], outputs: [data, statistics, statistics] };
  },
});
