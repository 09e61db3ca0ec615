import { defineOperator, type OperatorSpec } from "@mxgraft/operator";
import type { NoAttributes } from "../elementwise/no-attributes.ts";
import { readsNothing } from "./reads-nothing.ts";

/**
 * The number of an array's elements; no gradient.
 *
 * Shapes: data (any) -> output (1; int64).
 */
export const sizeArray: OperatorSpec<NoAttributes> = defineOperator<NoAttributes>({
  name: "size_array",
  attributes: {},
  needsHeadGradient: false,
  backwardReads: readsNothing,
  inferType: () => ({ outputs: ["int64"] }),
  inferShape: () => ({ outputs: [[1]] }),
});
