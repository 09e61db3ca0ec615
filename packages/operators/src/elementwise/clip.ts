import { type AttributesOf, defineOperator, type OperatorSpec, real, required } from "@mxgraft/operator";
import { equalShape } from "./equal-shape.ts";

const attributes = {
  a_min: required(real, "the least value"),
  a_max: required(real, "the greatest value"),
};

export type ClipAttributes = AttributesOf<typeof attributes>;

/**
 * output = min(max(data, a_min), a_max); the gradient passes within the bounds and at them.
 *
 * Shapes: data (any) -> output (as data).
 */
export const clip: OperatorSpec<ClipAttributes> = defineOperator<ClipAttributes>({
  name: "clip",
  attributes,
  backwardReads: () => ({ arguments: [0], outputs: [] }),
  inferShape: (_, known) => equalShape(known),
});
