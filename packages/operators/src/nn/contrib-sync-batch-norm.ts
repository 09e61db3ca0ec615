import {
  type AttributesOf,
  boolean,
  defaulted,
  defineOperator,
  integer,
  type OperatorSpec,
  real,
  required,
  text,
} from "@mxgraft/operator";

const attributes = {
  eps: defaulted(real, 1e-3, "added to the variance"),
  momentum: defaulted(real, 0.9, "how much of the old moving statistics stays"),
  fix_gamma: defaulted(boolean, true, "whether gamma is 1, and overwritten with 1"),
  use_global_stats: defaulted(boolean, false, "whether training, too, uses the moving statistics"),
  output_mean_var: defaulted(boolean, false, "whether mean and var are outputs"),
  ndev: defaulted(integer({ min: 1 }), 1, "devices that share their statistics; there is one here"),
  key: required(text, "which nodes share statistics; not used here"),
};

export type SyncBatchNormAttributes = AttributesOf<typeof attributes>;

/**
 * Batch normalization over the batch of all devices, of which there is one here: as BatchNorm along axis 1, but var is
 * the variance itself.
 *
 * Shapes (C = size of axis 1):
 *   data         argument   (N, C, ...)
 *   gamma        argument   (C)          overwritten with 1, and without gradient, when `fix_gamma`
 *   beta         argument   (C)
 *   output       output     as data
 *   mean         output     (C)          hidden unless `output_mean_var`
 *   var          output     (C)          hidden unless `output_mean_var`
 *   moving_mean  auxiliary  (C)
 *   moving_var   auxiliary  (C)
 */
export const syncBatchNorm: OperatorSpec<SyncBatchNormAttributes> = defineOperator<SyncBatchNormAttributes>({
  name: "_contrib_SyncBatchNorm",
  attributes,
  arguments: ["data", "gamma", "beta"],
  outputs: ["output", "mean", "var"],
  visibleOutputs: ({ output_mean_var }) => (output_mean_var ? 3 : 1),
  auxiliaryStates: ["moving_mean", "moving_var"],
  backwardReads: () => ({ arguments: [0, 1], outputs: [1, 2] }),
  inferShape(_, known) {
    const data = known.arguments[0] ?? known.outputs[0];
    if (data === undefined) return {};
    const channels = [data[1] ?? 1];
    return {
      arguments: [data, channels, channels],
      outputs: [data, channels, channels],
      auxiliaryStates: [channels, channels],
    };
  },
  mutates: ({ fix_gamma }) => (fix_gamma ? [1] : []),
});
