import {
  type AttributesOf,
  boolean,
  defaulted,
  defineOperator,
  integer,
  type OperatorSpec,
  optional,
} from "@mxgraft/operator";
import { readsNothing } from "./reads-nothing.ts";
import { reducedAxes, reducedShape } from "./reduction-operator.ts";

const attributes = {
  axis: defaulted(optional(integer()), null, "the axis; without one data is flattened"),
  keepdims: defaulted(boolean, false, "whether it stays with size 1"),
};

export type ArgExtremumAttributes = AttributesOf<typeof attributes>;

/** An operator that says where along an axis the extreme element is: an index in data's type; no gradient. */
export function argExtremum(name: string): OperatorSpec<ArgExtremumAttributes> {
  return defineOperator<ArgExtremumAttributes>({
    name,
    attributes,
    needsHeadGradient: false,
    backwardReads: readsNothing,
    inferShape({ axis, keepdims }, known) {
      const data = known.arguments[0];
      if (data === undefined) return {};
      const axes = reducedAxes({ axis: axis === null ? null : [axis] }, data.length);
      return { outputs: [reducedShape(data, axes, keepdims)] };
    },
  });
}
