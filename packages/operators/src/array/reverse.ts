import { type AttributesOf, defineOperator, type OperatorSpec, required, tuple } from "@mxgraft/operator";
import { sameShape } from "../nn/same-shape.ts";
import { readsNothing } from "./reads-nothing.ts";

const attributes = {
  axis: required(tuple, "the axes that are turned round"),
};

export type ReverseAttributes = AttributesOf<typeof attributes>;

/**
 * Turns the order of the elements along axes round.
 *
 * Shapes: data (any) -> output (as data).
 */
export const reverse: OperatorSpec<ReverseAttributes> = defineOperator({
  name: "reverse",
  aliases: ["flip"],
  attributes,
  backwardReads: readsNothing,
  inferShape: (_, known) => sameShape(known),
});
