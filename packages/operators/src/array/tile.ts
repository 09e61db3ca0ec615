import { type AttributesOf, defineOperator, type OperatorSpec, required, tuple } from "@mxgraft/operator";
import { readsNothing } from "./reads-nothing.ts";

const attributes = {
  reps: required(tuple, "how often data is put along each axis, counted from the last"),
};

export type TileAttributes = AttributesOf<typeof attributes>;

/**
 * Puts copies of an array side by side, `numpy.tile`.
 *
 * Shapes: data (any) -> output (sizes times `reps`; the shorter of the two gets 1s in front).
 */
export const tile: OperatorSpec<TileAttributes> = defineOperator({
  name: "tile",
  attributes,
  backwardReads: readsNothing,
  inferShape({ reps }, known) {
    const data = known.arguments[0];
    if (data === undefined) return {};
    const rank = Math.max(data.length, reps.length);
    const at = (shape: readonly number[], axis: number) => shape[shape.length - rank + axis] ?? 1;
    return { outputs: [Array.from({ length: rank }, (_, axis) => at(data, axis) * at(reps, axis))] };
  },
});
