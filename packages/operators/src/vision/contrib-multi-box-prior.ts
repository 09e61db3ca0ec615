import { type AttributesOf, boolean, defaulted, defineOperator, type OperatorSpec, realTuple } from "@mxgraft/operator";
import { realPair } from "./pair.ts";
import { MAP_AXES, requireAxes } from "./require-axes.ts";

const attributes = {
  sizes: defaulted(realTuple, [1], "sizes of the boxes, in parts of the image's height"),
  ratios: defaulted(realTuple, [1], "width / height of the boxes"),
  clip: defaulted(boolean, false, "whether boxes are cut off at the image's edges"),
  steps: defaulted(realPair, [-1, -1], "distance of places along y and x; 1 / size of data when not positive"),
  offsets: defaulted(realPair, [0.5, 0.5], "where in its place a box is centered, along y and x"),
};

export type MultiBoxPriorAttributes = AttributesOf<typeof attributes>;

/**
 * The boxes that detection starts from: for every place of a feature map one of each size with the first ratio, then
 * one of the first size with each other ratio.
 *
 * Shapes (K = sizes + ratios - 1):
 *   data    argument  (N, C, H, W)   only its shape counts; no gradient
 *   output  output    (1, H W K, 4)  x1, y1, x2, y2 in parts of the image
 *
 * @throws ShapeError  `data` has not four axes.
 */
export const multiBoxPrior: OperatorSpec<MultiBoxPriorAttributes> = defineOperator({
  name: "_contrib_MultiBoxPrior",
  aliases: ["_npx_multibox_prior"],
  attributes,
  backwardReads: () => ({ arguments: [], outputs: [] }),
  inferShape({ sizes, ratios }, known) {
    const [data] = known.arguments;
    if (data === undefined) return {};
    requireAxes("data", data, MAP_AXES);
    const [, , height = 0, width = 0] = data;
    return { outputs: [[1, height * width * (sizes.length + ratios.length - 1), 4]] };
  },
});
