import { formatShape, isKnown, type Shape, ShapeError, sizeOf } from "@mxgraft/base";
import { type AttributesOf, defaulted, defineOperator, integer, type OperatorSpec, optional } from "@mxgraft/operator";
import { linkedTypes } from "./linked-types.ts";
import { readsNothing } from "./reads-nothing.ts";

const attributes = {
  lhs_begin: defaulted(optional(integer()), null, "first axis of lhs that is replaced"),
  lhs_end: defaulted(optional(integer()), null, "the axis before which the replaced ones end"),
  rhs_begin: defaulted(optional(integer()), null, "first axis of rhs that takes their place"),
  rhs_end: defaulted(optional(integer()), null, "the axis before which they end"),
};

export type ReshapeLikeAttributes = AttributesOf<typeof attributes>;

/** Bounds counted from 0, of all axes when not given. */
function bounds(begin: number | null, end: number | null, { length }: Shape): readonly [number, number] {
  const fromStart = (bound: number) => (bound < 0 ? bound + length : bound);
  return [fromStart(begin ?? 0), end === null ? length : fromStart(end)];
}

/**
 * Gives lhs the shape of rhs, or some of its axes the sizes of some of rhs's.
 *
 * Shapes: lhs (any), rhs (any) -> output (rhs's, or lhs's with axes replaced; as many elements as lhs).
 *
 * @throws ShapeError  the number of elements would change.
 */
export const reshapeLike: OperatorSpec<ReshapeLikeAttributes> = defineOperator<ReshapeLikeAttributes>({
  name: "reshape_like",
  attributes,
  arguments: ["lhs", "rhs"],
  backwardReads: readsNothing,
  inferType: (_, known) => linkedTypes(known, [0]),
  inferShape({ lhs_begin, lhs_end, rhs_begin, rhs_end }, { arguments: [lhs, rhs] }) {
    if (!lhs || !rhs) return {};
    const [from, to] = bounds(lhs_begin, lhs_end, lhs);
    const output = [...lhs.slice(0, from), ...rhs.slice(...bounds(rhs_begin, rhs_end, rhs)), ...lhs.slice(to)];
    if (isKnown(lhs) && isKnown(output) && sizeOf(lhs) !== sizeOf(output)) {
      throw new ShapeError(
        `argument "lhs" has shape ${formatShape(lhs)}, which cannot become ${formatShape(output)}: the number of elements would change.`,
        { argument: "lhs", actual: lhs, expected: output },
      );
    }
    return { outputs: [output] };
  },
});
