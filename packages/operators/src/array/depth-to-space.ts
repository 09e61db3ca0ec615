import { formatShape, ShapeError } from "@mxgraft/base";
import { defineOperator, type OperatorSpec } from "@mxgraft/operator";
import { type BlockAttributes, blockAttributes } from "./block-attributes.ts";
import { readsNothing } from "./reads-nothing.ts";

/**
 * Spreads channels over blocks of b x b pixels: output[n, c, h b + i, w b + j] = data[n, (i b + j) C/b^2 + c, h, w].
 *
 * Shapes (b = block_size): data (N, C, H, W) -> output (N, C / b^2, H b, W b).
 *
 * @throws ShapeError  data has not four axes, or b^2 does not divide C.
 */
export const depthToSpace: OperatorSpec<BlockAttributes> = defineOperator({
  name: "depth_to_space",
  attributes: blockAttributes,
  backwardReads: readsNothing,
  inferShape({ block_size: b }, known) {
    const data = known.arguments[0];
    if (data === undefined) return {};
    const [n = 0, c = 0, h = 0, w = 0] = data;
    if (data.length !== 4 || c % (b * b) !== 0) {
      throw new ShapeError(
        `argument "data" has shape ${formatShape(data)}, expected (N, C, H, W) with a multiple of ${b * b} channels.`,
        { argument: "data", actual: data, expected: b * b },
      );
    }
    return { outputs: [[n, c / (b * b), h * b, w * b]] };
  },
});
