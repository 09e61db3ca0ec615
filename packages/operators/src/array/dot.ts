import { formatShape, type Shape, ShapeError } from "@mxgraft/base";
import {
  type AttributesOf,
  boolean,
  defaulted,
  defineOperator,
  type OperatorSpec,
  optional,
  text,
} from "@mxgraft/operator";

const attributes = {
  transpose_a: defaulted(boolean, false, "whether the first axis of lhs is summed over, not the last"),
  transpose_b: defaulted(boolean, false, "whether the last axis of rhs is summed over, not the first"),
  forward_stype: defaulted(optional(text), null, "not used here: arrays are dense"),
};

export type DotAttributes = AttributesOf<typeof attributes>;

/** A shape without the axis that is summed over, and the size of that axis. */
function withoutSummed(shape: Shape, last: boolean): { readonly rest: Shape; readonly size: number } {
  const at = last ? shape.length - 1 : 0;
  return { rest: shape.toSpliced(at, 1), size: shape[at] ?? 0 };
}

/**
 * The sum of products over the last axis of lhs and the first of rhs: a product of matrices, of matrix and vector, the
 * scalar product of vectors.
 *
 * Shapes: lhs (..., K), rhs (K, ...) -> output (lhs's without K, rhs's without K), (1) for two vectors.
 *
 * @throws ShapeError  the axes that are summed over differ.
 */
export const dot: OperatorSpec<DotAttributes> = defineOperator<DotAttributes>({
  name: "dot",
  attributes,
  arguments: ["lhs", "rhs"],
  backwardReads: () => ({ arguments: [0, 1], outputs: [] }),
  inferShape({ transpose_a, transpose_b }, { arguments: [lhs, rhs] }) {
    if (!lhs || !rhs) return {};
    const left = withoutSummed(lhs, !transpose_a);
    const right = withoutSummed(rhs, transpose_b);
    if (left.size > 0 && right.size > 0 && left.size !== right.size) {
      throw new ShapeError(
        `argument "rhs" has shape ${formatShape(rhs)}, which "lhs" ${formatShape(lhs)} cannot be multiplied by: ${left.size} and ${right.size} elements would be summed over.`,
        { argument: "rhs", actual: rhs, expected: lhs },
      );
    }
    const output = [...left.rest, ...right.rest];
    return { outputs: [output.length > 0 ? output : [1]] };
  },
});
