/** Side of the square into which MNIST fits its digits of 28 pixels. */
const INNER = 20 / 28;
/** Ink below this is none. */
const FAINT = 12;

/** A part of an image, and the square of the new image that it goes to; pixels. */
export interface DrawingFit {
  readonly from: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  readonly to: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
}

/**
 * How a drawing of any size in any corner becomes an image as MNIST has them: its bounding box fits the inner square,
 * its center of mass lies in the middle. Undefined when nothing is drawn.
 *
 * @param ink   0 (none) to 255, row by row.
 * @param size  side of the new image.
 */
export function centerDrawing(
  ink: ArrayLike<number>,
  width: number,
  height: number,
  size: number,
): DrawingFit | undefined {
  let [left, top, right, bottom] = [width, height, -1, -1];
  let [mass, sumX, sumY] = [0, 0, 0];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const value = ink[y * width + x] ?? 0;
      if (value <= FAINT) continue;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
      mass += value;
      sumX += value * (x + 0.5);
      sumY += value * (y + 0.5);
    }
  }
  if (right < 0) return undefined;
  const from = { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
  const scale = (size * INNER) / Math.max(from.width, from.height);
  const clamp = (at: number, length: number) => Math.min(Math.max(at, 0), size - length);
  const to = { width: from.width * scale, height: from.height * scale };
  return {
    from,
    to: {
      ...to,
      x: clamp(size / 2 - (sumX / mass - left) * scale, to.width),
      y: clamp(size / 2 - (sumY / mass - top) * scale, to.height),
    },
  };
}
