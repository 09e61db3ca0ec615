import {
  type AttributesOf,
  boolean,
  defaulted,
  defineOperator,
  integer,
  type OperatorSpec,
  real,
} from "@mxgraft/operator";
import { matrixProductShape } from "./matrix-product-shape.ts";
import { rowAxisMoved, rowAxisRestored } from "./row-axis.ts";

const attributes = {
  transpose_a: defaulted(boolean, false, "whether the matrices of A are transposed"),
  transpose_b: defaulted(boolean, false, "whether the matrices of B are transposed"),
  alpha: defaulted(real, 1, "factor of the product"),
  axis: defaulted(integer(), -2, "axis of the rows; that of the columns is the last"),
};

export type LinalgGemm2Attributes = AttributesOf<typeof attributes>;

/**
 * output = alpha A B, for each matrix of a stack.
 *
 * Shapes: A (..., m, k), B (..., k, n) -> output (..., m, n).
 *
 * @throws ShapeError  the matrices do not fit, or the stacks differ.
 */
export const linalgGemm2: OperatorSpec<LinalgGemm2Attributes> = defineOperator({
  name: "_linalg_gemm2",
  aliases: ["linalg_gemm2"],
  attributes,
  arguments: ["A", "B"],
  backwardReads: () => ({ arguments: [0, 1], outputs: [] }),
  inferShape(attributes, { arguments: [a, b] }) {
    if (!a || !b) return {};
    const { axis } = attributes;
    const product = matrixProductShape(attributes, rowAxisMoved(a, axis), rowAxisMoved(b, axis), ["A", "B"]);
    return { outputs: [rowAxisRestored(product, axis)] };
  },
});
