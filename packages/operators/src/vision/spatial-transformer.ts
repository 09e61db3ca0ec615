import {
  type AttributesOf,
  boolean,
  defaulted,
  defineOperator,
  type OperatorSpec,
  oneOf,
  optional,
  required,
} from "@mxgraft/operator";
import { sizePair } from "./pair.ts";
import { MAP_AXES, requireAxes } from "./require-axes.ts";

const attributes = {
  target_shape: required(sizePair, "height and width of the output"),
  transform_type: required(oneOf("affine"), "the kind of transformation"),
  sampler_type: required(oneOf("bilinear"), "how data is read between its pixels"),
  cudnn_off: defaulted(optional(boolean), null, "not used here"),
};

export type SpatialTransformerAttributes = AttributesOf<typeof attributes>;

/**
 * Reads data at the places to which an affine map sends the pixels of the output; see GridGenerator, BilinearSampler.
 *
 * Shapes (N batch, P x Q = target_shape):
 *   data      argument  (N, C, H, W)
 *   loc       argument  (N, 6)        the map, row by row
 *   output    output    (N, C, P, Q)
 *   grid_src  output    (N, 2, P, Q)  hidden: x and y in data, -1 and 1 its edges
 *
 * @throws ShapeError  `data` has not four axes, or `loc` is not (N, 6).
 * @see Jaderberg et al., Spatial Transformer Networks, NIPS 2015.
 */
export const spatialTransformer: OperatorSpec<SpatialTransformerAttributes> = defineOperator({
  name: "SpatialTransformer",
  attributes,
  arguments: ["data", "loc"],
  outputs: ["output", "grid_src"],
  visibleOutputs: 1,
  backwardReads: () => ({ arguments: [0], outputs: [1] }),
  inferShape({ target_shape }, known) {
    const [data, loc] = known.arguments;
    requireAxes("data", data, MAP_AXES);
    requireAxes("loc", loc, "(batch, 6)");
    const batch = data?.[0] || loc?.[0] || 0;
    return {
      arguments: [data && [batch, ...data.slice(1)], [batch, 6]],
      outputs: [
        [batch, data?.[1] ?? 0, ...target_shape],
        [batch, 2, ...target_shape],
      ],
    };
  },
});
