import { formatShape, ShapeError, sizeOf } from "@mxgraft/base";
import { type AttributesOf, defaulted, defineOperator, type OperatorSpec, required, tuple } from "@mxgraft/operator";
import { windowOf } from "../nn/window.ts";
import { readsNothing } from "./reads-nothing.ts";

const attributes = {
  kernel: required(tuple, "size of the window, (x), (y, x) or (z, y, x)"),
  stride: defaulted(tuple, [], "step of the window, 1 by default"),
  dilate: defaulted(tuple, [], "distance of the points of the window, 1 by default"),
  pad: defaulted(tuple, [], "zeros on both sides of each axis, 0 by default"),
};

export type Im2colAttributes = AttributesOf<typeof attributes>;

/**
 * The places that a window takes along each spatial axis.
 *
 * @throws ShapeError  data has not as many spatial axes as the window, or is smaller than it.
 */
export function im2colPlaces(given: Im2colAttributes, data: readonly number[]): number[] {
  const { kernel, stride, dilate, pad } = windowOf(given);
  const spatial = data.slice(2);
  const places = spatial.map((size, i) => {
    const covered = ((kernel[i] ?? 1) - 1) * (dilate[i] ?? 1) + 1;
    return Math.floor((size + 2 * (pad[i] ?? 0) - covered) / (stride[i] ?? 1)) + 1;
  });
  if (spatial.length !== kernel.length || places.some((count) => count < 1)) {
    throw new ShapeError(
      `argument "data" has shape ${formatShape(data)}, which the kernel ${formatShape(kernel)} does not fit into.`,
      { argument: "data", actual: data, expected: kernel },
    );
  }
  return places;
}

/**
 * What a window covers at each of its places, as columns: convolution is a product of matrices with it.
 *
 * Shapes (K points of the window, L places): data (N, C, ...) -> output (N, C K, L).
 *
 * @throws ShapeError  the window does not fit into data.
 */
export const im2col: OperatorSpec<Im2colAttributes> = defineOperator<Im2colAttributes>({
  name: "im2col",
  attributes,
  backwardReads: readsNothing,
  inferShape(given, known) {
    const data = known.arguments[0];
    if (data === undefined || data.slice(1).includes(0)) return {};
    const [batch = 0, channels = 0] = data;
    return { outputs: [[batch, channels * sizeOf(given.kernel), sizeOf(im2colPlaces(given, data))]] };
  },
});
