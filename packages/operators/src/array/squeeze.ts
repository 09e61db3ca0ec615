import { formatShape, normalizeAxis, ShapeError } from "@mxgraft/base";
import { type AttributesOf, defaulted, defineOperator, type OperatorSpec, optional, tuple } from "@mxgraft/operator";
import { readsNothing } from "./reads-nothing.ts";

const attributes = {
  axis: defaulted(optional(tuple), null, "the axes that go; all of size 1 when not given"),
};

export type SqueezeAttributes = AttributesOf<typeof attributes>;

/**
 * Takes axes of size 1 away; one is left of an array of one element.
 *
 * Shapes: data (any) -> output (data's without the axes).
 *
 * @throws ShapeError  an axis has another size than 1.
 */
export const squeeze: OperatorSpec<SqueezeAttributes> = defineOperator({
  name: "squeeze",
  attributes,
  backwardReads: readsNothing,
  inferShape({ axis: given }, known) {
    const data = known.arguments[0];
    if (data === undefined || (given === null && data.includes(0))) return {};
    const axes = given?.map((axis) => normalizeAxis(axis, data.length, 'attribute "axis"'));
    const wrong = axes?.find((axis) => (data[axis] ?? 0) > 1);
    if (wrong !== undefined) {
      throw new ShapeError(`argument "data" has shape ${formatShape(data)}, expected size 1 along axis ${wrong}.`, {
        argument: "data",
        actual: data,
      });
    }
    const kept = data.filter((size, axis) => (axes ? !axes.includes(axis) : size !== 1));
    return { outputs: [kept.length > 0 ? kept : [1]] };
  },
});
