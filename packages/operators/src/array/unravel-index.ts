import { defineOperator, type OperatorSpec } from "@mxgraft/operator";
import { requireAxes } from "../vision/require-axes.ts";
import { type IndexLatticeAttributes, indexAxes, indexLatticeAttributes } from "./index-lattice.ts";
import { readsNothing } from "./reads-nothing.ts";

/**
 * The indices of elements that are given by their places in memory, one column each.
 *
 * Shapes (D axes of `shape`): data (N) -> output (D, N). No gradient.
 *
 * @throws ShapeError  data has not one axis; MXNet leaves most of the result out then.
 */
export const unravelIndex: OperatorSpec<IndexLatticeAttributes> = defineOperator<IndexLatticeAttributes>({
  name: "_unravel_index",
  aliases: ["unravel_index"],
  attributes: indexLatticeAttributes,
  backwardReads: readsNothing,
  inferShape(attributes, { arguments: [data] }) {
    const axes = indexAxes(attributes);
    requireAxes("data", data, "(element)");
    return data ? { outputs: [[axes, ...data]] } : {};
  },
});
