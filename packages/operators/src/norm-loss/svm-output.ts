import { type AttributesOf, boolean, defaulted, defineOperator, type OperatorSpec, real } from "@mxgraft/operator";

const attributes = {
  margin: defaulted(real, 1, "distance from which a score costs nothing"),
  regularization_coefficient: defaulted(real, 1, "weight of the gradient"),
  use_linear: defaulted(boolean, false, "whether the loss is linear; otherwise it is squared"),
};

export type SVMOutputAttributes = AttributesOf<typeof attributes>;

/**
 * Scores with the gradient of a support vector machine, one against all.
 *
 *   output = data
 *   with t = 1 for the labelled class and -1 for the others, v = margin - t data, c = regularization_coefficient:
 *   gradient = -t c [v > 0] (`use_linear`), or -2 t c max(v, 0)       what comes after does not matter
 *
 * Shapes (C classes):
 *   data    argument  (..., C)
 *   label   argument  data without its last axis   class index; no gradient
 *   output  output    as data
 */
export const svmOutput: OperatorSpec<SVMOutputAttributes> = defineOperator({
  name: "SVMOutput",
  attributes,
  arguments: ["data", "label"],
  needsHeadGradient: false,
  backwardReads: () => ({ arguments: [0, 1], outputs: [] }),
  inferShape(_, known) {
    const data = known.arguments[0] ?? known.outputs[0];
    return data ? { arguments: [data, data.slice(0, -1)], outputs: [data] } : {};
  },
});
