import { formatShape, isKnown, mergeShapes, type Shape, ShapeError, sizeOf } from "@mxgraft/base";
import {
  type AttributesOf,
  boolean,
  defaulted,
  defineOperator,
  integer,
  type OperatorSpec,
  required,
} from "@mxgraft/operator";

const attributes = {
  num_hidden: required(integer({ min: 1 }), "numbers that come out for each row"),
  no_bias: defaulted(boolean, false, "whether there is no argument bias"),
  flatten: defaulted(boolean, true, "whether all axes but the first are one; otherwise only the last is multiplied"),
};

export type FullyConnectedAttributes = AttributesOf<typeof attributes>;

/** The numbers in a row of data that the weight multiplies, 0 when not known. */
function inputSize(data: Shape, flatten: boolean): number {
  if (!flatten) return data.at(-1) ?? 0;
  const rest = data.slice(1);
  return isKnown(rest) ? sizeOf(rest) : 0;
}

/**
 * A linear map of each row: output = data weight^T + bias.
 *
 * Shapes (N batch, K = size of a row, H = num_hidden):
 *   data    argument  (N, ...) with K elements after N; without `flatten` (..., K)
 *   weight  argument  (H, K)
 *   bias    argument  (H)       not there with `no_bias`
 *   output  output    (N, H); without `flatten` (..., H)
 *
 * @throws ShapeError  `data` has no axes, or `bias` is neither (H) nor (H, 1).
 */
export const fullyConnected: OperatorSpec<FullyConnectedAttributes> = defineOperator({
  name: "FullyConnected",
  aliases: ["_sparse_FullyConnected", "_npx_fully_connected"],
  attributes,
  arguments: ({ no_bias }) => (no_bias ? ["data", "weight"] : ["data", "weight", "bias"]),
  backwardReads: () => ({ arguments: [0, 1], outputs: [] }),
  inferShape({ num_hidden, no_bias, flatten }, known) {
    const [data, , givenBias] = known.arguments;
    const bias = no_bias ? [] : [givenBias && mergeShapes(givenBias, [num_hidden, 1]) ? [num_hidden, 1] : [num_hidden]];
    if (data === undefined) return {};
    if (data.length === 0) {
      throw new ShapeError(`argument "data" has shape ${formatShape(data)}, expected at least one axis.`, {
        argument: "data",
        actual: data,
      });
    }
    const [batch = 0, ...rest] = data;
    const rows = flatten ? [batch] : data.slice(0, -1);
    // MXNet takes an unknown batch size from the output.
    if (rows[0] === 0) rows[0] = known.outputs[0]?.[0] ?? 0;
    return {
      arguments: [[rows[0] ?? batch, ...rest], [num_hidden, inputSize(data, flatten)], ...bias],
      outputs: [[...rows, num_hidden]],
    };
  },
});
