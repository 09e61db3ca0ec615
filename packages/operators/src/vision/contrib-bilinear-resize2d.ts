import { AttributeError } from "@mxgraft/base";
import {
  type AttributesOf,
  boolean,
  defaulted,
  defineOperator,
  integer,
  type OperatorSpec,
  oneOf,
  optional,
  real,
} from "@mxgraft/operator";
import { MAP_AXES, requireAxes } from "./require-axes.ts";

const attributes = {
  height: defaulted(integer({ min: 1 }), 1, "rows of the output, for mode size without scales"),
  width: defaulted(integer({ min: 1 }), 1, "columns of the output, for mode size without scales"),
  scale_height: defaulted(optional(real), null, "rows of the output / rows of data"),
  scale_width: defaulted(optional(real), null, "columns of the output / columns of data"),
  mode: defaulted(
    oneOf("size", "odd_scale", "like", "to_even_down", "to_even_up", "to_odd_down", "to_odd_up"),
    "size",
    "what decides the size of the output",
  ),
  align_corners: defaulted(boolean, true, "whether the centers of the corner pixels, not their edges, stay in place"),
};

export type BilinearResize2DAttributes = AttributesOf<typeof attributes>;

/** One size of the output in modes other than "like"; 0 when not known. */
function resized(mode: BilinearResize2DAttributes["mode"], size: number, given: number, scale: number | null): number {
  const odd = size % 2;
  switch (mode) {
    case "size":
      return scale === null ? given : Math.trunc(scale * size);
    case "odd_scale":
      if (scale === null) {
        throw new AttributeError(
          'attributes "scale_height" and "scale_width" are missing, needed for mode "odd_scale".',
          {
            argument: "scale_height",
          },
        );
      }
      return Math.trunc((size - odd) * scale) + odd;
    case "like":
      return 0;
    case "to_even_down":
      return size - odd;
    case "to_even_up":
      return size + odd;
    case "to_odd_down":
      return size - (1 - odd);
    case "to_odd_up":
      return size + (1 - odd);
    default:
      return mode satisfies never;
  }
}

/**
 * Resizes a feature map by linear interpolation between its pixels.
 *
 * Modes: `size` to height x width, or by the scales; `odd_scale` by the scales, an odd size (n - 1) scale + 1; `like` to
 * the size of the second argument; `to_even_down` and the others to the next even or odd size.
 *
 * Shapes (P x Q as the mode says):
 *   data    argument  (N, C, H, W)
 *   like    argument  (N', C', P, Q)   only for mode like; no gradient
 *   output  output    (N, C, P, Q)
 *
 * @throws AttributeError  a scale is missing for `odd_scale`.
 * @throws ShapeError      `data` has not four axes.
 */
export const bilinearResize2D: OperatorSpec<BilinearResize2DAttributes> = defineOperator({
  name: "_contrib_BilinearResize2D",
  attributes,
  arguments: ({ mode }) => (mode === "like" ? ["data", "like"] : ["data"]),
  backwardReads: () => ({ arguments: [], outputs: [] }),
  inferShape({ mode, height, width, scale_height, scale_width }, known) {
    const [data, like] = known.arguments;
    if (data === undefined) return {};
    requireAxes("data", data, MAP_AXES);
    requireAxes("like", like, MAP_AXES);
    const [batch = 0, channels = 0, h = 0, w = 0] = data;
    if (mode === "like") return { outputs: [[batch, channels, like?.[2] ?? 0, like?.[3] ?? 0]] };
    return {
      outputs: [
        [
          batch,
          channels,
          resized(mode, h, height, scale_height),
          // MXNet takes scale_width only where scale_height is there.
          resized(mode, w, width, mode === "size" && scale_height === null ? null : (scale_width ?? scale_height)),
        ],
      ],
    };
  },
});
