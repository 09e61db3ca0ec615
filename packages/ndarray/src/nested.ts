import { type Shape, ShapeError } from "@mxgraft/base";

/** Numbers in lists of lists, as `mx.nd.array` takes them. */
export type Nested = number | readonly Nested[];

/**
 * Shape and elements, row-major, of lists of lists.
 *
 * @throws ShapeError  the lists of one level differ in length.
 */
export function flattenNested(nested: readonly Nested[]): { shape: Shape; values: number[] } {
  const shape: number[] = [];
  let level: readonly Nested[] = nested;
  for (;;) {
    shape.push(shape.length === 0 ? level.length : level.length / (shape.reduce((a, b) => a * b, 1) || 1));
    const first = level[0];
    if (first === undefined || typeof first === "number") break;
    const width = first.length;
    const next: Nested[] = [];
    for (const [i, entry] of level.entries()) {
      if (typeof entry === "number" || entry.length !== width) {
        throw new ShapeError(
          `array: entry ${i} at depth ${shape.length} has ${typeof entry === "number" ? "no" : entry.length} elements, expected ${width} as in the first.`,
          { expected: width, actual: typeof entry === "number" ? 0 : entry.length },
        );
      }
      for (const inner of entry) next.push(inner);
    }
    level = next;
  }
  const values = level.map((entry) => {
    if (typeof entry !== "number") {
      throw new ShapeError(`array: a list stands where a number is expected, at depth ${shape.length}.`);
    }
    return entry;
  });
  return { shape, values };
}
