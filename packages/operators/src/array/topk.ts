import { isKnown, normalizeAxis, type Shape, ShapeError, sizeOf } from "@mxgraft/base";
import {
  type AttributesOf,
  boolean,
  defaulted,
  defineOperator,
  dtype,
  integer,
  type OperatorSpec,
  oneOf,
  optional,
} from "@mxgraft/operator";

const attributes = {
  axis: defaulted(optional(integer()), -1, "the axis; None flattens data"),
  k: defaulted(integer(), 1, "how many elements; less than 1 is all"),
  ret_typ: defaulted(oneOf("value", "indices", "mask", "both"), "indices", "what comes out"),
  is_ascend: defaulted(boolean, false, "whether the least come, and come first"),
  dtype: defaulted(dtype, "float32", "type of indices"),
};

export type TopkAttributes = AttributesOf<typeof attributes>;

/** How many elements are chosen along the axis. */
function chosen(k: number, size: number): number {
  if (k > size && size > 0) {
    throw new ShapeError(`attribute "k" is ${k}, expected at most the ${size} elements of the axis.`, {
      argument: "k",
      actual: k,
      expected: size,
    });
  }
  return k < 1 ? size : k;
}

function chosenShape(axis: number | null, k: number, data: Shape): Shape {
  if (axis === null) return [isKnown(data) ? chosen(k, sizeOf(data)) : 0];
  const at = normalizeAxis(axis, data.length, 'attribute "axis"');
  return data.with(at, chosen(k, data[at] ?? 0));
}

/**
 * The k greatest or least elements along an axis, in order; of equal ones the first comes first.
 *
 * Shapes (n size of the axis):
 *   data     argument  (..., n, ...)
 *   output   output    (..., k, ...)  the elements (`ret_typ` value), their indices, or both as output0 and output1;
 *                      with `ret_typ` mask as data, 1 for those chosen and 0 for others
 *   indices  output    (..., k, ...)  hidden with `ret_typ` value: for the gradient
 *
 * @throws ShapeError  k is greater than the axis.
 */
export const topk: OperatorSpec<TopkAttributes> = defineOperator<TopkAttributes>({
  name: "topk",
  attributes,
  outputs({ ret_typ }) {
    if (ret_typ === "both") return ["output0", "output1"];
    return ret_typ === "value" ? ["output0", "indices"] : ["output"];
  },
  visibleOutputs: ({ ret_typ }) => (ret_typ === "both" ? 2 : 1),
  needsHeadGradient: ({ ret_typ }) => ret_typ === "value" || ret_typ === "both",
  backwardReads: ({ ret_typ }) => ({
    arguments: [],
    outputs: ret_typ === "value" || ret_typ === "both" ? [1] : [],
  }),
  inferType({ ret_typ, dtype }, { arguments: [data], outputs: [output] }) {
    if (ret_typ === "indices") return { outputs: [dtype] };
    const value = data ?? output;
    return { arguments: [value], outputs: ret_typ === "mask" ? [value] : [value, dtype] };
  },
  inferShape({ axis, k, ret_typ }, known) {
    const data: Shape | undefined = known.arguments[0];
    if (data === undefined) return {};
    if (ret_typ === "mask") return { outputs: [data] };
    const output = chosenShape(axis, k, data);
    return { outputs: ret_typ === "indices" ? [output] : [output, output] };
  },
});
