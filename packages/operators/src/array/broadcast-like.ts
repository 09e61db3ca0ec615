import { formatShape, normalizeAxis, type Shape, ShapeError } from "@mxgraft/base";
import { type AttributesOf, defaulted, defineOperator, type OperatorSpec, optional, tuple } from "@mxgraft/operator";
import { linkedTypes } from "./linked-types.ts";
import { readsNothing } from "./reads-nothing.ts";

const attributes = {
  lhs_axes: defaulted(optional(tuple), null, "axes of lhs that are repeated; all when not given"),
  rhs_axes: defaulted(optional(tuple), null, "axes of rhs whose sizes they get"),
};

export type BroadcastLikeAttributes = AttributesOf<typeof attributes>;

/**
 * Repeats lhs along axes of size 1 to the sizes of rhs.
 *
 * Shapes: lhs (any), rhs (any) -> output (lhs's with sizes of rhs).
 *
 * @throws ShapeError  a size of lhs is neither 1 nor rhs's.
 */
export const broadcastLike: OperatorSpec<BroadcastLikeAttributes> = defineOperator<BroadcastLikeAttributes>({
  name: "broadcast_like",
  attributes,
  arguments: ["lhs", "rhs"],
  backwardReads: readsNothing,
  inferType: (_, known) => linkedTypes(known, [0]),
  inferShape({ lhs_axes, rhs_axes }, { arguments: [lhs, rhs] }) {
    if (!lhs || !rhs) return {};
    const all = [...lhs.keys()];
    const output = [...lhs];
    const fail = (): never => {
      throw new ShapeError(
        `argument "lhs" has shape ${formatShape(lhs)}, which cannot be repeated to fit "rhs" ${formatShape(rhs)}.`,
        { argument: "lhs", actual: lhs, expected: rhs },
      );
    };
    if (lhs_axes === null && lhs.length !== rhs.length) fail();
    for (const [i, given] of (lhs_axes ?? all).entries()) {
      const axis = normalizeAxis(given, lhs.length, 'attribute "lhs_axes"');
      const size = sizeAt(rhs, (rhs_axes ?? all)[i]);
      if ((lhs[axis] ?? 0) > 1 && size !== 0 && size !== lhs[axis]) fail();
      output[axis] = size;
    }
    return { outputs: [output] };
  },
});

function sizeAt(shape: Shape, axis: number | undefined): number {
  return shape[normalizeAxis(axis ?? shape.length, shape.length, 'attribute "rhs_axes"')] ?? 0;
}
