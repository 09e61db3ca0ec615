import { type AttributesOf, defineOperator, integer, type OperatorSpec, required } from "@mxgraft/operator";
import { equalShape } from "./equal-shape.ts";

const attributes = {
  num_args: required(integer({ min: 1 }), "how many arrays"),
};

export type AddNAttributes = AttributesOf<typeof attributes>;

/**
 * output = arg0 + arg1 + ...; each gradient is that of the output.
 *
 * Shapes: arg0, arg1, ... (any, all alike) -> output (as they are).
 */
export const addN: OperatorSpec<AddNAttributes> = defineOperator<AddNAttributes>({
  name: "add_n",
  aliases: ["ElementWiseSum"],
  attributes,
  countAttribute: "num_args",
  arguments: ({ num_args }) => Array.from({ length: num_args }, (_, i) => `arg${i}`),
  backwardReads: () => ({ arguments: [], outputs: [] }),
  inferShape: (_, known) => equalShape(known),
});
