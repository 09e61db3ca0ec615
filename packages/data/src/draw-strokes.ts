import type { Point } from "./digit-strokes.ts";

/** A pen's way through an image in pixels, with the pen's radius at every point. */
export interface PenPath {
  readonly points: readonly Point[];
  readonly radii: readonly number[];
}

/** How far a pixel's centre lies from a segment, and where along it the nearest point is, 0 to 1. */
function nearest(x: number, y: number, [ax, ay]: Point, [bx, by]: Point): { distance: number; along: number } {
  const [dx, dy] = [bx - ax, by - ay];
  const square = dx * dx + dy * dy;
  const along = square === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / square));
  const [ex, ey] = [x - ax - along * dx, y - ay - along * dy];
  return { distance: Math.sqrt(ex * ex + ey * ey), along };
}

/**
 * Draws a path into a square image: every pixel takes at least the ink that its distance from the path gives it, full
 * within the radius and none `softness` pixels farther out.
 *
 * @param image     `(size, size)`, ink 0..1, row-major; changed.
 * @param softness  width of the edge in pixels; 1 is a sharp edge without stairs.
 */
export function drawStroke(image: Float32Array, size: number, path: PenPath, ink: number, softness: number): void {
  for (let i = 0; i + 1 < path.points.length; i++) {
    const [a, b] = [path.points[i], path.points[i + 1]];
    if (a === undefined || b === undefined) continue;
    const [ra, rb] = [path.radii[i] ?? 0, path.radii[i + 1] ?? 0];
    const reach = Math.max(ra, rb) + softness;
    const left = Math.max(0, Math.floor(Math.min(a[0], b[0]) - reach));
    const right = Math.min(size - 1, Math.ceil(Math.max(a[0], b[0]) + reach));
    const top = Math.max(0, Math.floor(Math.min(a[1], b[1]) - reach));
    const bottom = Math.min(size - 1, Math.ceil(Math.max(a[1], b[1]) + reach));
    for (let y = top; y <= bottom; y++) {
      for (let x = left; x <= right; x++) {
        const { distance, along } = nearest(x, y, a, b);
        const radius = ra + along * (rb - ra);
        const cover = Math.min(1, Math.max(0, (radius - distance) / softness + 0.5));
        const at = y * size + x;
        image[at] = Math.max(image[at] ?? 0, ink * cover);
      }
    }
  }
}
