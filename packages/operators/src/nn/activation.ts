import { type AttributesOf, defineOperator, type OperatorSpec, oneOf, required } from "@mxgraft/operator";
import { sameShape } from "./same-shape.ts";

const attributes = {
  act_type: required(oneOf("relu", "sigmoid", "tanh", "softrelu", "softsign", "log_sigmoid", "mish"), "the function"),
};

export type ActivationAttributes = AttributesOf<typeof attributes>;

/**
 * A function of each element.
 *
 *   relu         max(x, 0)
 *   sigmoid      1 / (1 + e^-x)
 *   tanh         tanh(x)
 *   softrelu     log(1 + e^x)
 *   softsign     x / (1 + |x|)
 *   log_sigmoid  log(1 / (1 + e^-x))
 *   mish         x tanh(log(1 + e^x))
 *
 * Shapes: data (any) -> output (as data).
 */
export const activation: OperatorSpec<ActivationAttributes> = defineOperator({
  name: "Activation",
  aliases: ["_npx_activation"],
  attributes,
  inferShape: (_, known) => sameShape(known),
  // mish falls from -1.19 down.
  keepsOrder: ({ act_type }) => act_type !== "mish",
  backwardReads: ({ act_type }) =>
    act_type === "softsign" || act_type === "mish" ? { arguments: [0], outputs: [] } : { arguments: [], outputs: [0] },
});
