import { formatShape, type Shape, ShapeError } from "@mxgraft/base";

/** Which part of an axis: one index, a range with Python's rules (`begin:end:step`), or `null` for all of it (`:`). */
export type AxisIndex =
  | number
  | null
  | { readonly begin?: number | null; readonly end?: number | null; readonly step?: number };

/**
 * An index along an axis, counted from 0; a negative one counts from the end.
 *
 * @throws ShapeError  it is out of range.
 */
export function positiveIndex(index: number, size: number, shape: Shape): number {
  const positive = index < 0 ? index + size : index;
  if (Number.isInteger(index) && positive >= 0 && positive < size) return positive;
  throw new ShapeError(
    `Index ${index} is out of range for an axis of ${size} of an array of shape ${formatShape(shape)}.`,
    { expected: size, actual: index },
  );
}

/**
 * Python's `begin:end:step` over an axis: ends are cut to it, negative ones count from its end.
 *
 * @throws ShapeError  the step is no whole number, or 0.
 */
export function pythonRange(
  part: { readonly begin?: number | null; readonly end?: number | null; readonly step?: number },
  size: number,
): { start: number; count: number; step: number } {
  const step = part.step ?? 1;
  if (!Number.isInteger(step) || step === 0) {
    throw new ShapeError(`A slice has step ${step}, expected a whole number other than 0.`, { actual: step });
  }
  const [lowest, highest] = step > 0 ? [0, size] : [-1, size - 1];
  const bound = (value: number | null | undefined, otherwise: number) => {
    if (value === null || value === undefined) return otherwise;
    return Math.min(Math.max(value < 0 ? value + size : value, lowest), highest);
  };
  const start = bound(part.begin, step > 0 ? 0 : size - 1);
  const end = bound(part.end, step > 0 ? size : -1);
  return { start, count: Math.max(0, Math.ceil((end - start) / step)), step };
}
