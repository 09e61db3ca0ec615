import { AttributeError } from "@mxgraft/base";
import { type AttributesOf, required, tuple } from "@mxgraft/operator";

/** Attributes of the operators that turn indices into places in memory, and back. */
export const indexLatticeAttributes = {
  shape: required(tuple, "sizes of the axes that the indices count; the first may be -1, unknown"),
};

export type IndexLatticeAttributes = AttributesOf<typeof indexLatticeAttributes>;

/**
 * The number of axes that the indices count.
 *
 * @throws AttributeError  there are none.
 */
export function indexAxes({ shape }: IndexLatticeAttributes): number {
  if (shape.length > 0) return shape.length;
  throw new AttributeError('attribute "shape" is "()", expected the size of one axis or more.', {
    argument: "shape",
    actual: shape,
  });
}
