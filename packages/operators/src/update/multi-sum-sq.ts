import { type AttributesOf, defineOperator, integer, type OperatorSpec, required } from "@mxgraft/operator";

const attributes = { num_arrays: required(integer({ min: 1 }), "how many arrays") };

export type MultiSumSqAttributes = AttributesOf<typeof attributes>;

/**
 * The sum of the squares of each array.
 *
 * Shapes: array_0, array_1, ... (any) -> output (num_arrays) float32.
 */
export const multiSumSq: OperatorSpec<MultiSumSqAttributes> = defineOperator<MultiSumSqAttributes>({
  name: "multi_sum_sq",
  attributes,
  countAttribute: "num_arrays",
  arguments: ({ num_arrays }) => Array.from({ length: num_arrays }, (_, i) => `array_${i}`),
  differentiable: false,
  inferType: (_, known) => ({ arguments: known.arguments, outputs: ["float32"] }),
  inferShape: ({ num_arrays }) => ({ outputs: [[num_arrays]] }),
});
