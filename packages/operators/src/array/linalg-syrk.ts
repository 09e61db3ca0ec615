import { formatShape, ShapeError } from "@mxgraft/base";
import { type AttributesOf, boolean, defaulted, defineOperator, type OperatorSpec, real } from "@mxgraft/operator";

const attributes = {
  transpose: defaulted(boolean, false, "whether the first factor is transposed, not the second"),
  alpha: defaulted(real, 1, "factor of the product"),
};

export type LinalgSyrkAttributes = AttributesOf<typeof attributes>;

/**
 * output = alpha A A^T, or alpha A^T A with `transpose`, for each matrix of a stack.
 *
 * Shapes: A (..., m, n) -> output (..., m, m), or (..., n, n) with `transpose`.
 *
 * @throws ShapeError  A has fewer than two axes.
 */
export const linalgSyrk: OperatorSpec<LinalgSyrkAttributes> = defineOperator({
  name: "_linalg_syrk",
  aliases: ["linalg_syrk"],
  attributes,
  arguments: ["A"],
  backwardReads: () => ({ arguments: [0], outputs: [] }),
  inferShape({ transpose }, { arguments: [a] }) {
    if (!a) return {};
    if (a.length < 2) {
      throw new ShapeError(`argument "A" has shape ${formatShape(a)}, expected 2 axes or more.`, {
        argument: "A",
        expected: 2,
        actual: a,
      });
    }
    const size = a.at(transpose ? -1 : -2) ?? 0;
    return { outputs: [[...a.slice(0, -2), size, size]] };
  },
});
