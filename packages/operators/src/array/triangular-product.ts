import { formatShape, ShapeError } from "@mxgraft/base";
import { type AttributesOf, boolean, defaulted, defineOperator, type OperatorSpec, real } from "@mxgraft/operator";
import { requireSquare } from "./square-matrices.ts";

const attributes = {
  transpose: defaulted(boolean, false, "whether the matrices of A are transposed"),
  rightside: defaulted(boolean, false, "whether A stands on the right of B"),
  lower: defaulted(boolean, true, "which triangle of A is read"),
  alpha: defaulted(real, 1, "factor of the result"),
};

export type TriangularProductAttributes = AttributesOf<typeof attributes>;

/** A product with triangular matrices A, or with their inverses, for each matrix of a stack. */
export function triangularProduct(
  name: string,
  aliases: readonly string[],
  reads: { readonly arguments: readonly number[]; readonly outputs: readonly number[] },
): OperatorSpec<TriangularProductAttributes> {
  return defineOperator<TriangularProductAttributes>({
    name,
    aliases,
    attributes,
    arguments: ["A", "B"],
    backwardReads: () => reads,
    inferShape({ rightside }, { arguments: [a, b], outputs: [output] }) {
      requireSquare("A", a);
      const product = b ?? output;
      if (!product) return {};
      const size = product.at(rightside ? -1 : -2) ?? 0;
      const expected = [...product.slice(0, -2), size, size];
      const fits =
        !a || (a.length === expected.length && a.every((own, i) => own === expected[i] || !own || !expected[i]));
      if (product.length < 2 || !fits) {
        throw new ShapeError(
          `argument "B" has shape ${formatShape(product)}, which does not fit A ${formatShape(a ?? [])}${rightside ? " on its right" : ""}.`,
          { argument: "B", expected: a, actual: product },
        );
      }
      return { arguments: [expected, product], outputs: [product] };
    },
  });
}
