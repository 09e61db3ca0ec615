import { float32Array, type HostArray, toFloat32 } from "@mxgraft/base";

/** How far an argument moves for a difference, each way; a power of two, so that moving rounds little. */
export const STEP = 2 ** -10;

export function moved(array: HostArray, direction: HostArray, step: number): HostArray {
  const along = toFloat32(direction);
  return float32Array(
    array.shape,
    toFloat32(array).map((value, i) => value + step * (along[i] ?? 0)),
  );
}

export function dot(a: HostArray | undefined, b: HostArray | undefined): number {
  if (!a || !b) return Number.NaN;
  const other = toFloat32(b);
  return toFloat32(a).reduce((sum, value, i) => sum + value * (other[i] ?? Number.NaN), 0);
}
