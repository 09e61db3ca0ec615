import { type AttributesOf, defaulted, defineOperator, type OperatorSpec, oneOf, real } from "@mxgraft/operator";
import { sameShape } from "./same-shape.ts";

const attributes = {
  grad_scale: defaulted(real, 1, "the gradient"),
  valid_thresh: defaulted(real, 0, "values above it count for `valid`"),
  normalization: defaulted(oneOf("null", "batch", "valid"), "null", "what the gradient is divided by"),
};

export type MakeLossAttributes = AttributesOf<typeof attributes>;

/**
 * Makes a loss of its input: backward starts here.
 *
 *   output = data
 *   gradient = grad_scale / count     count: 1 (`null`), the batch size (`batch`), or the number of elements above
 *                                     valid_thresh, at least 1 (`valid`); what comes after does not matter
 *
 * Shapes: data (any) -> output (as data).
 */
export const makeLoss: OperatorSpec<MakeLossAttributes> = defineOperator({
  name: "MakeLoss",
  attributes,
  needsHeadGradient: false,
  backwardReads: ({ normalization }) => ({ arguments: normalization === "valid" ? [0] : [], outputs: [] }),
  inferShape: (_, known) => sameShape(known),
});
