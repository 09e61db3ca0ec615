import {
  type AttributesOf,
  boolean,
  defaulted,
  defineOperator,
  type OperatorSpec,
  optional,
  tuple,
} from "@mxgraft/operator";
import { numberedOutputs } from "./numbered-outputs.ts";
import { reducedAxes, reducedShape } from "./reduction-operator.ts";

const attributes = {
  axes: defaulted(optional(tuple), null, "the axes; all when not given"),
  keepdims: defaulted(boolean, false, "whether they stay with size 1"),
};

export type MomentsAttributes = AttributesOf<typeof attributes>;

/**
 * Mean and variance (not corrected for the sample) along axes.
 *
 * Shapes: data (any) -> output0, the mean, and output1, the variance (without the axes, or with 1 for them).
 */
export const moments: OperatorSpec<MomentsAttributes> = defineOperator<MomentsAttributes>({
  name: "moments",
  attributes,
  outputs: numberedOutputs(2),
  backwardReads: () => ({ arguments: [0], outputs: [] }),
  inferShape({ axes, keepdims }, known) {
    const data = known.arguments[0];
    if (data === undefined) return {};
    const output = reducedShape(data, reducedAxes({ axis: axes }, data.length), keepdims);
    return { outputs: [output, output] };
  },
});
