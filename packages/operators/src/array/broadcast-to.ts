import { formatShape, type Shape, ShapeError } from "@mxgraft/base";
import { type AttributesOf, defaulted, defineOperator, type OperatorSpec, tuple } from "@mxgraft/operator";
import { readsNothing } from "./reads-nothing.ts";

const attributes = {
  shape: defaulted(tuple, [], "the new shape; 0 keeps a size"),
};

export type BroadcastToAttributes = AttributesOf<typeof attributes>;

/**
 * Repeats an array along axes of size 1 to get a shape.
 *
 * Shapes: data (any) -> output (`shape`, with data's sizes for 0).
 *
 * @throws ShapeError  an axis that is neither 1 nor of the size asked for.
 */
export const broadcastTo: OperatorSpec<BroadcastToAttributes> = defineOperator({
  name: "broadcast_to",
  attributes,
  backwardReads: readsNothing,
  inferShape({ shape }, known) {
    const data: Shape | undefined = known.arguments[0];
    if (data === undefined) return {};
    const fits = (size: number, axis: number) => size <= 1 || [0, size].includes(shape[axis] ?? -1);
    if (shape.length !== data.length || !data.every(fits)) {
      throw new ShapeError(
        `argument "data" has shape ${formatShape(data)}, which cannot be repeated to the shape (${shape.join(", ")}).`,
        { argument: "data", actual: data, expected: shape },
      );
    }
    return { outputs: [data.map((size, axis) => shape[axis] || size)] };
  },
});
