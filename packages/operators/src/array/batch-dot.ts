import {
  type AttributesOf,
  boolean,
  defaulted,
  defineOperator,
  type OperatorSpec,
  optional,
  text,
} from "@mxgraft/operator";
import { matrixProductShape } from "./matrix-product-shape.ts";

const attributes = {
  transpose_a: defaulted(boolean, false, "whether the matrices of lhs are transposed"),
  transpose_b: defaulted(boolean, false, "whether the matrices of rhs are transposed"),
  forward_stype: defaulted(optional(text), null, "not used here: arrays are dense"),
};

export type BatchDotAttributes = AttributesOf<typeof attributes>;

/**
 * Products of matrices, one for each place in a batch.
 *
 * Shapes: lhs (..., m, k), rhs (..., k, n) -> output (..., m, n); k first in lhs or last in rhs when transposed.
 *
 * @throws ShapeError  the matrices do not fit, or the batches differ.
 */
export const batchDot: OperatorSpec<BatchDotAttributes> = defineOperator<BatchDotAttributes>({
  name: "batch_dot",
  attributes,
  arguments: ["lhs", "rhs"],
  backwardReads: () => ({ arguments: [0, 1], outputs: [] }),
  inferShape: (attributes, { arguments: [lhs, rhs] }) =>
    lhs && rhs ? { outputs: [matrixProductShape(attributes, lhs, rhs, ["lhs", "rhs"])] } : {},
});
