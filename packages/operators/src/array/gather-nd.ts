import { formatShape, ShapeError } from "@mxgraft/base";
import { defineOperator, type OperatorSpec } from "@mxgraft/operator";
import type { NoAttributes } from "../elementwise/no-attributes.ts";
import { linkedTypes } from "./linked-types.ts";

/**
 * Elements or parts of data by coordinates: output[y...] = data[indices[0, y...], ..., indices[M-1, y...]].
 *
 * Shapes: data (d_0, ..., d_n), indices (M, y...; coordinates, M <= n + 1) -> output (y..., d_M, ..., d_n).
 *
 * @throws ShapeError  there are more coordinates than data has axes.
 */
export const gatherNd: OperatorSpec<NoAttributes> = defineOperator<NoAttributes>({
  name: "gather_nd",
  attributes: {},
  arguments: ["data", "indices"],
  backwardReads: () => ({ arguments: [1], outputs: [] }),
  inferType: (_, known) => linkedTypes(known, [0]),
  inferShape(_, { arguments: [data, indices] }) {
    if (!data || !indices || indices[0] === 0) return {};
    const [count = 0, ...places] = indices;
    if (count > data.length) {
      throw new ShapeError(
        `argument "indices" has shape ${formatShape(indices)}, expected at most ${data.length} coordinates for "data" ${formatShape(data)}.`,
        { argument: "indices", actual: indices, expected: data },
      );
    }
    return { outputs: [[...places, ...data.slice(count)]] };
  },
});
