import { formatShape, ShapeError } from "@mxgraft/base";
import { defineOperator, type OperatorSpec } from "@mxgraft/operator";
import { type BlockAttributes, blockAttributes } from "./block-attributes.ts";
import { readsNothing } from "./reads-nothing.ts";

/**
 * Makes channels of the pixels of b x b blocks: output[n, (i b + j) C + c, h, w] = data[n, c, h b + i, w b + j].
 *
 * Shapes (b = block_size): data (N, C, H, W) -> output (N, C b^2, H / b, W / b).
 *
 * @throws ShapeError  data has not four axes, or b does not divide H and W.
 */
export const spaceToDepth: OperatorSpec<BlockAttributes> = defineOperator({
  name: "space_to_depth",
  attributes: blockAttributes,
  backwardReads: readsNothing,
  inferShape({ block_size: b }, known) {
    const data = known.arguments[0];
    if (data === undefined) return {};
    const [n = 0, c = 0, h = 0, w = 0] = data;
    if (data.length !== 4 || h % b !== 0 || w % b !== 0) {
      throw new ShapeError(
        `argument "data" has shape ${formatShape(data)}, expected (N, C, H, W) with multiples of ${b} rows and columns.`,
        { argument: "data", actual: data, expected: b },
      );
    }
    return { outputs: [[n, c * b * b, h / b, w / b]] };
  },
});
