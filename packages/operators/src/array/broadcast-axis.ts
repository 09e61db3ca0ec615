import { formatShape, normalizeAxis, type Shape, ShapeError } from "@mxgraft/base";
import { type AttributesOf, defaulted, defineOperator, type OperatorSpec, tuple } from "@mxgraft/operator";
import { readsNothing } from "./reads-nothing.ts";

const attributes = {
  axis: defaulted(tuple, [], "axes of size 1 along which data is repeated"),
  size: defaulted(tuple, [], "their new sizes"),
};

export type BroadcastAxisAttributes = AttributesOf<typeof attributes>;

/**
 * Repeats an array along axes of size 1.
 *
 * Shapes: data (any) -> output (data's, with `size` along `axis`).
 *
 * @throws ShapeError  an axis has another size than 1.
 */
export const broadcastAxis: OperatorSpec<BroadcastAxisAttributes> = defineOperator({
  name: "broadcast_axis",
  aliases: ["broadcast_axes"],
  attributes,
  backwardReads: readsNothing,
  inferShape({ axis, size }, known) {
    const data: Shape | undefined = known.arguments[0];
    if (data === undefined) return {};
    const output = [...data];
    for (const [i, given] of axis.entries()) {
      const at = normalizeAxis(given, data.length, 'attribute "axis"');
      if ((data[at] ?? 0) > 1 || size[i] === undefined) {
        throw new ShapeError(`argument "data" has shape ${formatShape(data)}, expected size 1 along axis ${at}.`, {
          argument: "data",
          actual: data,
        });
      }
      output[at] = size[i];
    }
    return { outputs: [output] };
  },
});
