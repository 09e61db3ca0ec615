import { normalizeAxis } from "@mxgraft/base";
import { type AttributesOf, defaulted, defineOperator, integer, type OperatorSpec, oneOf } from "@mxgraft/operator";
import { linkedTypes } from "./linked-types.ts";

const attributes = {
  axis: defaulted(integer(), 0, "the axis that is indexed"),
  mode: defaulted(oneOf("clip", "wrap", "raise"), "clip", "what happens to an index that is out of range"),
};

export type TakeAttributes = AttributesOf<typeof attributes>;

/**
 * Takes elements along an axis by index. Indices lose their fraction; those out of range become the nearest within
 * (`clip`, and `raise`, for which MXNet's own check is not repeated) or go round (`wrap`).
 *
 * Shapes: a (..., n, ...), indices (any) -> output (..., indices' shape, ...).
 */
export const take: OperatorSpec<TakeAttributes> = defineOperator<TakeAttributes>({
  name: "take",
  attributes,
  arguments: ["a", "indices"],
  backwardReads: () => ({ arguments: [1], outputs: [] }),
  inferType: (_, known) => linkedTypes(known, [0]),
  inferShape({ axis: given }, { arguments: [a, indices] }) {
    if (!a || !indices) return {};
    return { outputs: [a.toSpliced(normalizeAxis(given, a.length, 'attribute "axis"'), 1, ...indices)] };
  },
});
