import { formatShape, type HostArray, ShapeError } from "@mxgraft/base";
import { fillArray } from "../fill-array.ts";

/**
 * Fills a filter (.., .., H, W) so that a transposed convolution interpolates between neighbours:
 *
 *   w[y, x] = (1 - |x/f - c|) (1 - |y/f - c|)    f = ceil(W/2), c = (2f - 1 - f mod 2) / 2f
 *
 * (MXNet takes f from the width for both axes.)
 *
 * @throws ShapeError  the array has no four axes.
 */
export function bilinearWeight(name: string, array: HostArray): void {
  const [, , height, width] = array.shape;
  if (height === undefined || width === undefined || array.shape.length !== 4) {
    throw new ShapeError(
      `Parameter "${name}" has shape ${formatShape(array.shape)}, expected four axes for bilinear weights.`,
      { argument: name, actual: array.shape },
    );
  }
  const f = Math.ceil(width / 2);
  const c = (2 * f - 1 - (f % 2)) / (2 * f);
  fillArray(array, (i) => {
    const x = i % width;
    const y = Math.floor(i / width) % height;
    return (1 - Math.abs(x / f - c)) * (1 - Math.abs(y / f - c));
  });
}
