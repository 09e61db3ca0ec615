import { formatShape, ShapeError, sizeOf } from "@mxgraft/base";
import { type AttributesOf, defaulted, defineOperator, type OperatorSpec, required, tuple } from "@mxgraft/operator";
import { im2colPlaces } from "./im2col.ts";
import { readsNothing } from "./reads-nothing.ts";

const attributes = {
  output_size: required(tuple, "spatial sizes of the output"),
  kernel: required(tuple, "size of the window, (x), (y, x) or (z, y, x)"),
  stride: defaulted(tuple, [], "step of the window, 1 by default"),
  dilate: defaulted(tuple, [], "distance of the points of the window, 1 by default"),
  pad: defaulted(tuple, [], "rows on both sides of each axis that are left out, 0 by default"),
};

export type Col2imAttributes = AttributesOf<typeof attributes>;

/**
 * The sum of what columns give to each place of an image: the gradient of im2col.
 *
 * Shapes (K points of the window, L places): data (N, C K, L) -> output (N, C, output_size).
 *
 * @throws ShapeError  the window does not take L places on an image of `output_size`, or the rows are no multiple of K.
 */
export const col2im: OperatorSpec<Col2imAttributes> = defineOperator<Col2imAttributes>({
  name: "col2im",
  attributes,
  backwardReads: readsNothing,
  inferShape(given, { arguments: [data] }) {
    if (data === undefined || data.includes(0)) return {};
    const [batch = 0, rows = 0, count] = data;
    const points = sizeOf(given.kernel);
    const shape = [batch, rows / points, ...given.output_size];
    const places = sizeOf(im2colPlaces(given, shape));
    if (data.length !== 3 || rows % points !== 0 || count !== places) {
      throw new ShapeError(
        `argument "data" has shape ${formatShape(data)}, expected (N, C * ${points}, ${places}) for the window.`,
        { argument: "data", expected: places, actual: data },
      );
    }
    return { outputs: [shape] };
  },
});
