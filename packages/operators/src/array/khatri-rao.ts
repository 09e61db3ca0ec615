import { formatShape, ShapeError } from "@mxgraft/base";
import { type AttributesOf, defineOperator, integer, type OperatorSpec, required } from "@mxgraft/operator";
import { numberedArguments } from "./numbered-arguments.ts";

const attributes = {
  num_args: required(integer({ min: 1 }), "how many matrices"),
};

export type KhatriRaoAttributes = AttributesOf<typeof attributes>;

/**
 * The Kronecker products of the columns of matrices: row (i, j, ...) is the product of row i of the first, row j of the
 * second, and so on. MXNet has no gradient for it; here it has.
 *
 * Shapes: arg0 (M_0, N), arg1 (M_1, N), ... -> output (M_0 M_1 ..., N).
 *
 * @throws ShapeError  an argument is no matrix.
 */
export const khatriRao: OperatorSpec<KhatriRaoAttributes> = defineOperator({
  name: "khatri_rao",
  attributes,
  countAttribute: "num_args",
  arguments: numberedArguments,
  backwardReads: ({ num_args }) => ({ arguments: [...new Array(num_args).keys()], outputs: [] }),
  inferShape(_, known) {
    const wrong = known.arguments.findIndex((shape) => shape !== undefined && shape.length !== 2);
    if (wrong >= 0) {
      throw new ShapeError(
        `argument "arg${wrong}" has shape ${formatShape(known.arguments[wrong])}, expected rows and columns.`,
        { argument: `arg${wrong}`, actual: known.arguments[wrong] },
      );
    }
    const columns = known.arguments.find((shape) => shape?.[1])?.[1] ?? 0;
    const rows = known.arguments.map((shape) => shape?.[0] ?? 0);
    return {
      arguments: rows.map((count) => [count, columns]),
      outputs: [[rows.reduce((product, count) => product * count, 1), columns]],
    };
  },
});
