import { defineOperator, type OperatorSpec } from "@mxgraft/operator";
import type { NoAttributes } from "../elementwise/no-attributes.ts";
import { sameShape } from "../nn/same-shape.ts";
import { readsNothing } from "./reads-nothing.ts";

/**
 * An array of 0s; the gradient is 0.
 *
 * Shapes: data (any) -> output (as data).
 */
export const zerosLike: OperatorSpec<NoAttributes> = defineOperator<NoAttributes>({
  name: "zeros_like",
  attributes: {},
  needsHeadGradient: false,
  backwardReads: readsNothing,
  inferShape: (_, known) => sameShape(known),
});
