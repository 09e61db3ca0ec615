import { defineOperator, type OperatorSpec } from "@mxgraft/operator";
import type { NoAttributes } from "../elementwise/no-attributes.ts";
import { readsNothing } from "./reads-nothing.ts";
import { reducedShape } from "./reduction-operator.ts";

/**
 * Index of the greatest element along the last axis, of equal ones the first.
 *
 * Shapes: data (..., C) -> output (...; indices as data's type).
 */
export const argmaxChannel: OperatorSpec<NoAttributes> = defineOperator<NoAttributes>({
  name: "argmax_channel",
  attributes: {},
  needsHeadGradient: false,
  backwardReads: readsNothing,
  inferShape(_, known) {
    const data = known.arguments[0];
    return data ? { outputs: [reducedShape(data, [data.length - 1], false)] } : {};
  },
});
