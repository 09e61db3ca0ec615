import { type AttributesOf, defineOperator, type OperatorSpec, required, tuple } from "@mxgraft/operator";
import { linkedTypes } from "./linked-types.ts";

const attributes = {
  shape: required(tuple, "shape of the output"),
};

export type ScatterNdAttributes = AttributesOf<typeof attributes>;

/**
 * Puts elements or parts at coordinates of an array of zeros: output[indices[0, y...], ...] = data[y...]. Where
 * coordinates occur twice MXNet leaves open which one wins; here they are added.
 *
 * Shapes: data (y..., rest of shape), indices (M, y...) -> output (`shape`).
 */
export const scatterNd: OperatorSpec<ScatterNdAttributes> = defineOperator<ScatterNdAttributes>({
  name: "scatter_nd",
  attributes,
  arguments: ["data", "indices"],
  backwardReads: () => ({ arguments: [1], outputs: [] }),
  inferType: (_, known) => linkedTypes(known, [0]),
  inferShape: ({ shape }) => ({ outputs: [shape] }),
});
