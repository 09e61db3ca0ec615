import { defineOperator, type OperatorSpec } from "@mxgraft/operator";
import { equalShape } from "./equal-shape.ts";
import type { NoAttributes } from "./no-attributes.ts";

/**
 * Makes a loss of its input: output = data, and its gradient is 1 whatever comes after. `MakeLoss`, with capitals, is
 * an older operator that can weigh the gradient.
 *
 * Shapes: data (any) -> loss (as data).
 */
export const makeLossOfElements: OperatorSpec<NoAttributes> = defineOperator<NoAttributes>({
  name: "make_loss",
  attributes: {},
  outputs: ["loss"],
  needsHeadGradient: false,
  backwardReads: () => ({ arguments: [], outputs: [] }),
  inferShape: (_, known) => equalShape(known),
});
