import { type AttributesOf, defaulted, defineOperator, type OperatorSpec, tuple } from "@mxgraft/operator";
import { MAP_AXES, requireAxes } from "./require-axes.ts";

const attributes = {
  output_size: defaulted(tuple, [], "height and width of the output; one number for both, none for 1"),
};

export type AdaptiveAvgPooling2DAttributes = AttributesOf<typeof attributes>;

/**
 * Brings a feature map to a size by means: row i of P is the mean of rows floor(i H / P) .. ceil((i + 1) H / P) - 1.
 *
 * Shapes (P x Q = output_size): data (N, C, H, W) -> output (N, C, P, Q).
 *
 * @throws ShapeError  `data` has not four axes.
 */
export const adaptiveAvgPooling2D: OperatorSpec<AdaptiveAvgPooling2DAttributes> = defineOperator({
  name: "_contrib_AdaptiveAvgPooling2D",
  attributes,
  backwardReads: () => ({ arguments: [], outputs: [] }),
  inferShape({ output_size }, known) {
    const [data] = known.arguments;
    if (data === undefined) return {};
    requireAxes("data", data, MAP_AXES);
    const [height = 1, width = height] = output_size.length > 2 ? [] : output_size;
    return { outputs: [[data[0] ?? 0, data[1] ?? 0, height, width]] };
  },
});
