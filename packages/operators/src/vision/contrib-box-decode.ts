import { type AttributesOf, defaulted, defineOperator, type OperatorSpec, oneOf, real } from "@mxgraft/operator";
import { requireAxes } from "./require-axes.ts";

const attributes = {
  std0: defaulted(real, 1, "factor of the offset in x"),
  std1: defaulted(real, 1, "factor of the offset in y"),
  std2: defaulted(real, 1, "factor of the width's logarithm"),
  std3: defaulted(real, 1, "factor of the height's logarithm"),
  clip: defaulted(real, -1, "largest logarithm; none at 0 and below"),
  format: defaulted(oneOf("center", "corner"), "center", "what the anchors' coordinates mean"),
};

export type BoxDecodeAttributes = AttributesOf<typeof attributes>;

/**
 * Boxes from what a network predicts for anchors: offsets of the center in units of the anchor, logarithms of sizes.
 *
 * Shapes: data (B, N, 4), anchors (1, N, 4) -> output (B, N, 4), corners. No gradients.
 *
 * @throws ShapeError  an argument has not three axes.
 */
export const boxDecode: OperatorSpec<BoxDecodeAttributes> = defineOperator({
  name: "_contrib_box_decode",
  attributes,
  arguments: ["data", "anchors"],
  backwardReads: () => ({ arguments: [], outputs: [] }),
  inferShape(_, known) {
    const [data, anchors] = known.arguments;
    requireAxes("data", data, "(batch, box, 4)");
    requireAxes("anchors", anchors, "(1, box, 4)");
    return data ? { arguments: [data, [1, data[1] ?? 0, 4]], outputs: [data] } : {};
  },
});
