import { formatShape, ShapeError } from "@mxgraft/base";
import {
  type AttributesOf,
  boolean,
  defaulted,
  defineOperator,
  integer,
  type OperatorSpec,
  real,
  required,
} from "@mxgraft/operator";

const attributes = {
  is_ascend: defaulted(boolean, false, "whether the least scores are the best"),
  threshold: required(real, "scores that are not better than this match nothing"),
  topk: defaulted(integer(), -1, "at most this many and one more matches; all at 0 and below"),
};

export type BipartiteMatchingAttributes = AttributesOf<typeof attributes>;

/**
 * Pairs of rows and columns, the best score first; each row and column is in one pair.
 *
 * Shapes: data (..., N, M) -> output0 (..., N), the column of each row, output1 (..., M), the row of each column; -1 for
 * none. No gradient.
 *
 * @throws ShapeError  data has fewer than two axes.
 */
export const bipartiteMatching: OperatorSpec<BipartiteMatchingAttributes> = defineOperator({
  name: "_contrib_bipartite_matching",
  attributes,
  outputs: ["output0", "output1"],
  backwardReads: () => ({ arguments: [], outputs: [] }),
  inferShape(_, { arguments: [data] }) {
    if (!data) return {};
    if (data.length < 2) {
      throw new ShapeError(
        `argument "data" has shape ${formatShape(data)}, expected 2 axes or more (..., row, column).`,
        {
          argument: "data",
          expected: 2,
          actual: data,
        },
      );
    }
    const stack = data.slice(0, -2);
    return {
      outputs: [
        [...stack, data.at(-2) ?? 0],
        [...stack, data.at(-1) ?? 0],
      ],
    };
  },
});
