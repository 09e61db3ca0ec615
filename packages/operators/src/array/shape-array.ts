import { defineOperator, type OperatorSpec } from "@mxgraft/operator";
import type { NoAttributes } from "../elementwise/no-attributes.ts";
import { readsNothing } from "./reads-nothing.ts";

/**
 * The sizes of an array's axes; no gradient.
 *
 * Shapes: data (any) -> output (number of axes; int64).
 */
export const shapeArray: OperatorSpec<NoAttributes> = defineOperator<NoAttributes>({
  name: "shape_array",
  attributes: {},
  needsHeadGradient: false,
  backwardReads: readsNothing,
  inferType: () => ({ outputs: ["int64"] }),
  inferShape: (_, { arguments: [data] }) => (data ? { outputs: [[data.length]] } : {}),
});
