import { formatShape, ShapeError } from "@mxgraft/base";
import { defineOperator, type OperatorSpec } from "@mxgraft/operator";
import type { NoAttributes } from "../elementwise/no-attributes.ts";

/**
 * The cross entropy of the softmax of each row with its label, summed over the rows.
 *
 *   output = - sum_i log(max(softmax(data_i)[label_i], 1e-8))
 *
 * Shapes (N batch, C classes):
 *   data    argument  (N, C)
 *   label   argument  (N)     class index; no gradient
 *   output  output    (1)
 *
 * @throws ShapeError  `data` has not two axes.
 */
export const softmaxCrossEntropy: OperatorSpec<NoAttributes> = defineOperator<NoAttributes>({
  name: "softmax_cross_entropy",
  attributes: {},
  arguments: ["data", "label"],
  backwardReads: () => ({ arguments: [0, 1], outputs: [] }),
  inferShape(_, known) {
    const [data, label] = known.arguments;
    if (data === undefined) return { outputs: [[1]] };
    if (data.length !== 2) {
      throw new ShapeError(`argument "data" has shape ${formatShape(data)}, expected 2 axes (batch, class).`, {
        argument: "data",
        expected: 2,
        actual: data,
      });
    }
    const batch = data[0] || label?.[0] || 0;
    return { arguments: [[batch, data[1] ?? 0], [batch]], outputs: [[1]] };
  },
});
