import { type AttributesOf, defaulted, defineOperator, type OperatorSpec, real } from "@mxgraft/operator";
import { equalShape } from "./equal-shape.ts";

const attributes = {
  alpha: defaulted(real, 0.2, "slope"),
  beta: defaulted(real, 0.5, "value at 0"),
};

export type HardSigmoidAttributes = AttributesOf<typeof attributes>;

/**
 * output = min(max(alpha * data + beta, 0), 1); the gradient is alpha strictly between 0 and 1, else 0.
 *
 * Shapes: data (any) -> output (as data).
 */
export const hardSigmoid: OperatorSpec<HardSigmoidAttributes> = defineOperator<HardSigmoidAttributes>({
  name: "hard_sigmoid",
  attributes,
  backwardReads: () => ({ arguments: [], outputs: [0] }),
  inferShape: (_, known) => equalShape(known),
});
