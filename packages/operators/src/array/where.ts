import { mergeShapes } from "@mxgraft/base";
import { defineOperator, type OperatorSpec } from "@mxgraft/operator";
import type { NoAttributes } from "../elementwise/no-attributes.ts";
import { linkedTypes } from "./linked-types.ts";

/**
 * Takes each element from x where condition is not 0, from y where it is; a condition of one axis chooses rows.
 *
 * Shapes: condition (as x, or (N) for the rows of x), x (any), y (as x) -> output (as x).
 */
export const where: OperatorSpec<NoAttributes> = defineOperator<NoAttributes>({
  name: "where",
  attributes: {},
  arguments: ["condition", "x", "y"],
  backwardReads: () => ({ arguments: [0], outputs: [] }),
  inferType: (_, known) => linkedTypes(known, [1, 2]),
  inferShape(_, { arguments: [condition, x, y], outputs: [output] }) {
    // A contradiction is left for the caller, who knows the names, to report.
    const shape = [x, y, output].reduce((found, next) => mergeShapes(found, next) ?? found, undefined);
    if (shape === undefined) return {};
    const rows = condition?.length === 1 ? shape.slice(0, 1) : shape;
    return { arguments: [condition ? rows : undefined, shape, shape], outputs: [shape] };
  },
});
