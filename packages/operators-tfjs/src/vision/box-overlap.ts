/**
 * The area that two boxes x1, y1, x2, y2 share over the area they cover together, in float32 like MXNet: an overlap
 * may decide which box stays. 0 where they cover nothing.
 */
export function boxOverlap(a: Float32Array, i: number, b: Float32Array, j: number): number {
  const f = Math.fround;
  const [al = 0, at = 0, ar = 0, ab = 0] = [a[i], a[i + 1], a[i + 2], a[i + 3]];
  const [bl = 0, bt = 0, br = 0, bb = 0] = [b[j], b[j + 1], b[j + 2], b[j + 3]];
  const width = Math.max(0, f(Math.min(ar, br) - Math.max(al, bl)));
  const height = Math.max(0, f(Math.min(ab, bb) - Math.max(at, bt)));
  const shared = f(width * height);
  const areas = f(f(f(ar - al) * f(ab - at)) + f(f(br - bl) * f(bb - bt)));
  const together = f(areas - shared);
  return together <= 0 ? 0 : f(shared / together);
}
