import { defineOperator, type OperatorSpec } from "@mxgraft/operator";
import type { NoAttributes } from "../elementwise/no-attributes.ts";
import { requireAxes } from "./require-axes.ts";

/**
 * What a network is to predict for anchors that are matched with boxes: offsets of the center in units of the anchor,
 * logarithms of sizes, less their means, over their deviations. The opposite of box_decode.
 *
 * Shapes (B batch, N anchors, M boxes), all boxes by their corners:
 *   samples  argument  (B, N)     above 0.5 where the anchor counts
 *   matches  argument  (B, N)     which box is the anchor's
 *   anchors  argument  (B, N, 4)
 *   refs     argument  (B, M, 4)
 *   means    argument  (4)
 *   stds     argument  (4)
 *   output0  output    (B, N, 4)  0 where the anchor does not count
 *   output1  output    (B, N, 4)  1 where it counts, else 0
 *
 * No gradients.
 *
 * @throws ShapeError  an argument has another number of axes.
 */
export const boxEncode: OperatorSpec<NoAttributes> = defineOperator<NoAttributes>({
  name: "_contrib_box_encode",
  attributes: {},
  arguments: ["samples", "matches", "anchors", "refs", "means", "stds"],
  outputs: ["output0", "output1"],
  backwardReads: () => ({ arguments: [], outputs: [] }),
  inferShape(_, { arguments: [samples, matches, anchors, refs] }) {
    requireAxes("samples", samples, "(batch, anchor)");
    requireAxes("matches", matches, "(batch, anchor)");
    requireAxes("anchors", anchors, "(batch, anchor, 4)");
    requireAxes("refs", refs, "(batch, box, 4)");
    const places = samples ?? matches ?? anchors?.slice(0, 2);
    if (!places) return {};
    const boxes = [...places, 4];
    return {
      arguments: [places, places, boxes, refs && [places[0] ?? 0, refs[1] ?? 0, 4], [4], [4]],
      outputs: [boxes, boxes],
    };
  },
});
