import { mergeShapes } from "@mxgraft/base";
import { defineOperator, type OperatorSpec } from "@mxgraft/operator";
import type { NoAttributes } from "../elementwise/no-attributes.ts";
import { linkedTypes } from "./linked-types.ts";

/**
 * One element of each row, output[i] = a[i, indices[i]]; indices out of range become the nearest within.
 *
 * Shapes: a (N, K), indices (N) -> output (N).
 */
export const batchTake: OperatorSpec<NoAttributes> = defineOperator<NoAttributes>({
  name: "batch_take",
  attributes: {},
  arguments: ["a", "indices"],
  backwardReads: () => ({ arguments: [1], outputs: [] }),
  inferType: (_, known) => linkedTypes(known, [0]),
  inferShape(_, { arguments: [a, indices], outputs: [output] }) {
    const rows = mergeShapes(a?.slice(0, 1), mergeShapes(indices, output) ?? indices) ?? indices;
    return { arguments: [undefined, rows], outputs: [rows] };
  },
});
