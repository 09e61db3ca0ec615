import { float32Array, Random } from "@mxgraft/base";

/** A batch and a table of centers that are the same each time. */
export function batch(rows: number, size: number, classes: number) {
  const random = new Random(7);
  const draw = (count: number) => Float32Array.from({ length: count }, () => 2 * random.uniform() - 1);
  return {
    features: draw(rows * size),
    labels: Int32Array.from({ length: rows }, () => Math.floor(random.uniform() * classes)),
    centers: float32Array([classes, size], draw(classes * size)),
  };
}
