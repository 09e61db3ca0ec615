import { formatShape, ShapeError } from "@mxgraft/base";
import { type AttributesOf, defaulted, defineOperator, type OperatorSpec } from "@mxgraft/operator";
import { boxFormat } from "./box-format.ts";

const attributes = {
  format: defaulted(boxFormat, "corner", "what the coordinates mean"),
};

export type BoxIouAttributes = AttributesOf<typeof attributes>;

/**
 * How much boxes overlap: the area that two share over the area they cover together.
 *
 * Shapes: lhs (L..., 4), rhs (R..., 4) -> output (L..., R...). No gradients.
 *
 * @throws ShapeError  `lhs` or `rhs` does not end in 4 coordinates.
 */
export const boxIou: OperatorSpec<BoxIouAttributes> = defineOperator({
  name: "_contrib_box_iou",
  attributes,
  arguments: ["lhs", "rhs"],
  backwardReads: () => ({ arguments: [], outputs: [] }),
  inferShape(_, known) {
    const [lhs, rhs] = known.arguments;
    for (const [argument, shape] of [["lhs", lhs] as const, ["rhs", rhs] as const]) {
      if (shape === undefined || (shape.length >= 2 && [0, 4].includes(shape.at(-1) ?? 0))) continue;
      throw new ShapeError(
        `argument "${argument}" has shape ${formatShape(shape)}, expected 2 axes or more, the last of 4.`,
        {
          argument,
          expected: 4,
          actual: shape,
        },
      );
    }
    const completed = [lhs?.with(-1, 4), rhs?.with(-1, 4)];
    return lhs && rhs
      ? { arguments: completed, outputs: [[...lhs.slice(0, -1), ...rhs.slice(0, -1)]] }
      : { arguments: completed };
  },
});
