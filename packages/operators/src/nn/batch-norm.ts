import { normalizeAxis } from "@mxgraft/base";
import {
  type AttributesOf,
  boolean,
  defaulted,
  defineOperator,
  integer,
  type OperatorSpec,
  optional,
  real,
} from "@mxgraft/operator";

const attributes = {
  eps: defaulted(real, 1e-3, "added to the variance"),
  momentum: defaulted(real, 0.9, "how much of the old moving statistics stays"),
  fix_gamma: defaulted(boolean, true, "whether gamma is 1, and overwritten with 1"),
  use_global_stats: defaulted(boolean, false, "whether training, too, uses the moving statistics"),
  output_mean_var: defaulted(boolean, false, "whether mean and var are outputs"),
  axis: defaulted(integer(), 1, "axis of the channels"),
  cudnn_off: defaulted(boolean, false, "not used here"),
  min_calib_range: defaulted(optional(real), null, "of quantization; not used here"),
  max_calib_range: defaulted(optional(real), null, "of quantization; not used here"),
};

export type BatchNormAttributes = AttributesOf<typeof attributes>;

function defineBatchNorm(name: string, aliases: readonly string[]): OperatorSpec<BatchNormAttributes> {
  return defineOperator<BatchNormAttributes>({
    name,
    aliases,
    attributes,
    arguments: ["data", "gamma", "beta"],
    outputs: ["output", "mean", "var"],
    visibleOutputs: ({ output_mean_var }) => (output_mean_var ? 3 : 1),
    auxiliaryStates: ["moving_mean", "moving_var"],
    backwardReads: () => ({ arguments: [0, 1], outputs: [1, 2] }),
    inferShape({ axis }, known) {
      const data = known.arguments[0] ?? known.outputs[0];
      if (data === undefined) return {};
      const channels = [data[normalizeAxis(axis, data.length, 'attribute "axis"')] ?? 0];
      return {
        arguments: [data, channels, channels],
        outputs: [data, channels, channels],
        auxiliaryStates: [channels, channels],
      };
    },
    mutates: ({ fix_gamma }) => (fix_gamma ? [1] : []),
  });
}

/**
 * Batch normalization: every channel brought to mean 0 and variance 1, then scaled and shifted.
 *
 *   output = (data - mean) / sqrt(variance + eps) * gamma + beta
 *
 * Training takes mean and (biased) variance from the batch, inference and `use_global_stats` from the moving
 * statistics. Backward, not forward, moves those: moving = momentum * moving + (1 - momentum) * batch.
 *
 * Shapes (C = size of `axis`):
 *   data         argument   any
 *   gamma        argument   (C)      overwritten with 1, and without gradient, when `fix_gamma`
 *   beta         argument   (C)
 *   output       output     as data
 *   mean         output     (C)      hidden unless `output_mean_var`
 *   var          output     (C)      1 / sqrt(variance + eps), as in MXNet; hidden unless `output_mean_var`
 *   moving_mean  auxiliary  (C)
 *   moving_var   auxiliary  (C)
 *
 * @throws ShapeError  `axis` is out of range.
 */
export const batchNorm: OperatorSpec<BatchNormAttributes> = defineBatchNorm("BatchNorm", ["_npx_batch_norm"]);

/** BatchNorm as MXNet kept it for old graphs; the same computation. */
export const batchNormV1: OperatorSpec<BatchNormAttributes> = defineBatchNorm("BatchNorm_v1", []);
