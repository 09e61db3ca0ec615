import { formatShape, ShapeError } from "@mxgraft/base";
import { type AttributesOf, defaulted, defineOperator, type OperatorSpec, oneOf, real } from "@mxgraft/operator";
import { sameShape } from "../nn/same-shape.ts";

const attributes = {
  eps: defaulted(real, 1e-10, "added to the sum of squares"),
  mode: defaulted(oneOf("instance", "channel", "spatial"), "instance", "which elements have one norm"),
};

export type L2NormalizationAttributes = AttributesOf<typeof attributes>;

/**
 * Brings vectors to length 1: output = data / norm, norm = sqrt(sum of data^2 + eps).
 *
 * A vector is a whole sample (`instance`), the channels of a place (`channel`), or a channel's places (`spatial`).
 *
 * Shapes (N batch, C channels):
 *   data    argument  (N, C, ...)
 *   output  output    as data
 *   norm    output    (N), (N, ...) or (N, C)   hidden
 *
 * @throws ShapeError  `data` has fewer than two axes, or with `channel` and `spatial` fewer than three.
 */
export const l2Normalization: OperatorSpec<L2NormalizationAttributes> = defineOperator({
  name: "L2Normalization",
  attributes,
  outputs: ["output", "norm"],
  visibleOutputs: 1,
  backwardReads: () => ({ arguments: [], outputs: [0, 1] }),
  inferShape({ mode }, known) {
    const { arguments: [data] = [] } = sameShape(known);
    if (data === undefined) return {};
    const axes = mode === "instance" ? 2 : 3;
    if (data.length < axes) {
      throw new ShapeError(
        `argument "data" has shape ${formatShape(data)}, expected ${axes} axes or more for mode "${mode}".`,
        {
          argument: "data",
          expected: axes,
          actual: data,
        },
      );
    }
    const [batch = 0, channels = 0, ...places] = data;
    const norm = { instance: [batch], channel: [batch, ...places], spatial: [batch, channels] };
    return { arguments: [data], outputs: [data, norm[mode]] };
  },
});
