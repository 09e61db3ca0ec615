import { isKnown, normalizeAxis, type Shape, sizeOf } from "@mxgraft/base";
import {
  type AttributesOf,
  boolean,
  defaulted,
  defineOperator,
  integer,
  type OperatorSpec,
  oneOf,
  optional,
} from "@mxgraft/operator";
import { linkedTypes } from "./linked-types.ts";
import { reducedShape } from "./reduction-operator.ts";

const attributes = {
  axis: defaulted(optional(integer()), -1, "the axis that is indexed; None flattens data"),
  keepdims: defaulted(boolean, false, "whether it stays with size 1"),
  mode: defaulted(oneOf("clip", "wrap"), "clip", "what happens to an index that is out of range"),
};

export type PickAttributes = AttributesOf<typeof attributes>;

/** Data's shape as `(outer, size, inner)` around the axis that is indexed. */
export function pickedAxis(axis: number | null, data: Shape): readonly [number, number, number] {
  if (axis === null) return [1, sizeOf(data), 1];
  const at = normalizeAxis(axis, data.length, 'attribute "axis"');
  return [sizeOf(data.slice(0, at)), data[at] ?? 1, sizeOf(data.slice(at + 1))];
}

/**
 * One element along an axis for each place of the others. Indices lose their fraction; those out of range become the
 * nearest within (`clip`) or go round (`wrap`).
 *
 * Shapes: data (..., n, ...), index (data's without the axis, or 1 for it) -> output (data's without the axis, or 1).
 */
export const pick: OperatorSpec<PickAttributes> = defineOperator<PickAttributes>({
  name: "pick",
  aliases: ["choose_element_0index"],
  attributes,
  arguments: ["data", "index"],
  backwardReads: () => ({ arguments: [1], outputs: [] }),
  inferType: (_, known) => linkedTypes(known, [0]),
  inferShape({ axis, keepdims }, { arguments: [data, index] }) {
    if (data === undefined) return {};
    const axes = axis === null ? [...data.keys()] : [normalizeAxis(axis, data.length, 'attribute "axis"')];
    const output = reducedShape(data, axes, keepdims);
    // An index may have the axis or not; when nothing is known of it, it is as the output.
    const rest = reducedShape(data, axes, index?.length === data.length && data.length > 1);
    const free = isKnown(index) && isKnown(rest) && sizeOf(index) === sizeOf(rest);
    return { arguments: [undefined, free ? index : index ? rest : output], outputs: [output] };
  },
});
