import { type AttributesOf, defineOperator, dtype, type OperatorSpec, required } from "@mxgraft/operator";
import { sameShape } from "../nn/same-shape.ts";
import { readsNothing } from "./reads-nothing.ts";

const attributes = {
  dtype: required(dtype, "the new type"),
};

export type CastAttributes = AttributesOf<typeof attributes>;

/**
 * Changes the data type. Numbers lose their fraction on the way to an integer type, and are rounded to float16.
 *
 * Shapes: data (any) -> output (as data, of type `dtype`).
 */
export const cast: OperatorSpec<CastAttributes> = defineOperator({
  name: "Cast",
  aliases: ["cast"],
  attributes,
  backwardReads: readsNothing,
  inferType: ({ dtype }) => ({ outputs: [dtype] }),
  inferShape: (_, known) => sameShape(known),
});
