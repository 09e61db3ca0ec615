/**
 * Turns two axes within their plane so that they lie as near as possible to two others: principal components of one
 * moment and the next may point anywhere in the plane, and a picture that jumps shows nothing.
 *
 *   R = argmin |R axes - target|, R orthogonal (2, 2)
 *
 * @param axes    (2, D) orthonormal rows.
 * @param target  (2, D).
 * @returns (2, D): R axes.
 */
export function alignAxes(axes: ArrayLike<number>, target: ArrayLike<number>): Float64Array {
  const width = axes.length / 2;
  const row = (of: ArrayLike<number>, which: 0 | 1, i: number) => of[which * width + i] ?? 0;
  const dot = (a: 0 | 1, b: 0 | 1) => {
    let sum = 0;
    for (let i = 0; i < width; i++) sum += row(target, a, i) * row(axes, b, i);
    return sum;
  };
  // M = target axes'. Of all rotations [c -s; s c] and reflections [c s; s -c], the one with the largest trace of R'M.
  const [m00, m01, m10, m11] = [dot(0, 0), dot(0, 1), dot(1, 0), dot(1, 1)];
  const turn = Math.hypot(m00 + m11, m10 - m01);
  const flip = Math.hypot(m00 - m11, m10 + m01);
  const mirrored = flip > turn;
  const length = mirrored ? flip : turn;
  if (length === 0) return Float64Array.from(axes);
  const cos = (mirrored ? m00 - m11 : m00 + m11) / length;
  const sin = (mirrored ? m10 + m01 : m10 - m01) / length;
  const aligned = new Float64Array(2 * width);
  for (let i = 0; i < width; i++) {
    const [x, y] = [row(axes, 0, i), row(axes, 1, i)];
    aligned[i] = mirrored ? cos * x + sin * y : cos * x - sin * y;
    aligned[width + i] = mirrored ? sin * x - cos * y : sin * x + cos * y;
  }
  return aligned;
}
