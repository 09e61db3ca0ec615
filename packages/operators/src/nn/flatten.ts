import { isKnown, sizeOf } from "@mxgraft/base";
import { defineOperator, type OperatorSpec } from "@mxgraft/operator";

/**
 * Flattens all axes but the first into one.
 *
 * Shapes: data (N, ...) -> output (N, size of the rest).
 */
export const flatten: OperatorSpec<Record<never, never>> = defineOperator<Record<never, never>>({
  name: "Flatten",
  aliases: ["flatten", "_npx_batch_flatten"],
  attributes: {},
  backwardReads: () => ({ arguments: [], outputs: [] }),
  inferShape(_, known) {
    const data = known.arguments[0];
    if (data === undefined) return {};
    const rest = data.slice(1);
    return { outputs: [[data[0] ?? 0, isKnown(rest) ? sizeOf(rest) : 0]] };
  },
});
