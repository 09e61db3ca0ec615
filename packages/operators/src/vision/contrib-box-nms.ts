import { AttributeError, formatShape, type Shape, ShapeError } from "@mxgraft/base";
import {
  type AttributesOf,
  boolean,
  defaulted,
  defineOperator,
  integer,
  type OperatorSpec,
  real,
} from "@mxgraft/operator";
import { sameShape } from "../nn/same-shape.ts";
import { boxFormat } from "./box-format.ts";

const attributes = {
  overlap_thresh: defaulted(real, 0.5, "overlap above which the less probable of two boxes goes"),
  valid_thresh: defaulted(real, 0, "score above which a box counts"),
  topk: defaulted(integer(), -1, "how many of the best boxes are compared; all when negative"),
  coord_start: defaulted(integer({ min: 0 }), 2, "index of the first of four coordinates"),
  score_index: defaulted(integer({ min: 0 }), 1, "index of the score"),
  id_index: defaulted(integer(), -1, "index of the class; none when negative"),
  background_id: defaulted(integer(), -1, "class that does not count"),
  force_suppress: defaulted(boolean, false, "whether boxes of different classes suppress each other, too"),
  in_format: defaulted(boxFormat, "corner", "what the coordinates mean"),
  out_format: defaulted(boxFormat, "corner", "what the coordinates of the output mean"),
};

export type BoxNmsAttributes = AttributesOf<typeof attributes>;

function checkIndices({ coord_start, score_index, id_index }: BoxNmsAttributes, data: Shape): void {
  const width = data.at(-1) ?? 0;
  const last = Math.max(coord_start + 3, score_index, id_index);
  if (data.length < 2 || (width > 0 && last >= width)) {
    throw new ShapeError(
      `argument "data" has shape ${formatShape(data)}, expected 2 axes or more (box, number) with ${last + 1} numbers or more for a box.`,
      { argument: "data", expected: last + 1, actual: data },
    );
  }
  const inside = (index: number) => index >= coord_start && index <= coord_start + 3;
  if (inside(score_index) || inside(id_index) || score_index === id_index) {
    throw new AttributeError(
      `attributes "coord_start" ${coord_start}, "score_index" ${score_index} and "id_index" ${id_index} name the same number of a box twice.`,
      { argument: "score_index", actual: score_index },
    );
  }
}

/**
 * Non-maximum suppression: boxes by falling score, without those that overlap better ones; -1 fills the rest.
 *
 * Shapes (B boxes, K numbers of a box):
 *   data     argument  (..., B, K)
 *   output0  output    (..., B, K)
 *   output1  output    (..., B, 1)  hidden: which box of data it is, counted through all; -1 for none
 *
 * @throws AttributeError  two indices name the same number.
 * @throws ShapeError      `data` has fewer than two axes, or a box too few numbers.
 */
export const boxNms: OperatorSpec<BoxNmsAttributes> = defineOperator({
  name: "_contrib_box_nms",
  aliases: ["_contrib_box_non_maximum_suppression"],
  attributes,
  outputs: ["output0", "output1"],
  visibleOutputs: 1,
  backwardReads: () => ({ arguments: [], outputs: [1] }),
  inferShape(attributes, known) {
    const { arguments: [data] = [] } = sameShape(known);
    if (data === undefined) return {};
    checkIndices(attributes, data);
    return { arguments: [data], outputs: [data, data.with(-1, 1)] };
  },
});
