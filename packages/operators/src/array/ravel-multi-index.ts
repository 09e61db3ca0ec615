import { formatShape, ShapeError } from "@mxgraft/base";
import { defineOperator, type OperatorSpec } from "@mxgraft/operator";
import { type IndexLatticeAttributes, indexAxes, indexLatticeAttributes } from "./index-lattice.ts";
import { readsNothing } from "./reads-nothing.ts";

/**
 * The places in memory of elements that are given by their indices, one column each.
 *
 * Shapes (D axes of `shape`): data (D, N) -> output (N). No gradient.
 *
 * @throws ShapeError  data has not a row for each axis.
 */
export const ravelMultiIndex: OperatorSpec<IndexLatticeAttributes> = defineOperator<IndexLatticeAttributes>({
  name: "_ravel_multi_index",
  aliases: ["ravel_multi_index"],
  attributes: indexLatticeAttributes,
  backwardReads: readsNothing,
  inferShape(attributes, { arguments: [data] }) {
    const axes = indexAxes(attributes);
    if (!data) return {};
    const [rows = 0, count = 0] = data;
    if (data.length !== 2 || (rows !== 0 && rows !== axes)) {
      throw new ShapeError(
        `argument "data" has shape ${formatShape(data)}, expected (${axes}, N): a row for each axis of "shape".`,
        { argument: "data", expected: axes, actual: data },
      );
    }
    return { arguments: [[axes, count]], outputs: [[count]] };
  },
});
