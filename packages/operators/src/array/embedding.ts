import {
  type AttributesOf,
  boolean,
  defaulted,
  defineOperator,
  dtype,
  integer,
  type OperatorSpec,
  required,
} from "@mxgraft/operator";
import { linkedTypes } from "./linked-types.ts";

const attributes = {
  input_dim: required(integer({ min: 1 }), "number of rows, one for each word"),
  output_dim: required(integer({ min: 1 }), "numbers in a row"),
  dtype: defaulted(dtype, "float32", "type of the weight"),
  sparse_grad: defaulted(boolean, false, "not used here: gradients are dense"),
};

export type EmbeddingAttributes = AttributesOf<typeof attributes>;

/**
 * The rows of a weight that indices name. Indices lose their fraction; those out of range become the nearest within,
 * for the gradient, too.
 *
 * Shapes (W = input_dim, D = output_dim): data (any; indices 0..W-1), weight (W, D) -> output (data's shape, D).
 */
export const embedding: OperatorSpec<EmbeddingAttributes> = defineOperator<EmbeddingAttributes>({
  name: "Embedding",
  attributes,
  arguments: ["data", "weight"],
  backwardReads: () => ({ arguments: [0], outputs: [] }),
  inferType({ dtype }, known) {
    const weight = known.arguments[1] ?? known.outputs[0] ?? dtype;
    return linkedTypes({ ...known, arguments: [known.arguments[0], weight] }, [1]);
  },
  inferShape({ input_dim, output_dim }, { arguments: [data], outputs: [output] }) {
    return {
      arguments: [data ?? output?.slice(0, -1), [input_dim, output_dim]],
      outputs: [data ? [...data, output_dim] : undefined],
    };
  },
});
