import {
  type AttributesOf,
  boolean,
  defaulted,
  defineOperator,
  dtype,
  integer,
  type OperatorSpec,
  optional,
  tuple,
} from "@mxgraft/operator";
import { reducedAxes, reducedShape } from "./reduction-operator.ts";

const attributes = {
  ord: defaulted(integer({ min: 1, max: 2 }), 2, "1: sum of the absolute values; 2: root of the sum of squares"),
  axis: defaulted(optional(tuple), null, "the axes; all when not given"),
  out_dtype: defaulted(optional(dtype), null, "type of the output; data's when not given"),
  keepdims: defaulted(boolean, false, "whether the axes stay with size 1"),
};

export type NormAttributes = AttributesOf<typeof attributes>;

/**
 * The norm along axes: sum |x|, or sqrt(sum x^2) with gradient head * x / norm.
 *
 * Shapes: data (any) -> output (without the axes, or with 1 for them).
 */
export const norm: OperatorSpec<NormAttributes> = defineOperator<NormAttributes>({
  name: "norm",
  attributes,
  inferType: ({ out_dtype }, { arguments: [data], outputs: [output] }) => ({
    arguments: [data ?? (out_dtype === null ? output : undefined)],
    outputs: [out_dtype ?? data ?? output],
  }),
  inferShape(attributes, known) {
    const data = known.arguments[0];
    if (data === undefined) return {};
    return { outputs: [reducedShape(data, reducedAxes(attributes, data.length), attributes.keepdims)] };
  },
});
