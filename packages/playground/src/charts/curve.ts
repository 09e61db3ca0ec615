/** A line that grows while something runs. */
export interface Curve {
  readonly x: readonly number[];
  readonly y: readonly number[];
  /** How many values a point stands for. */
  readonly every: number;
  /** Values that make the next point. */
  readonly waiting: readonly number[];
}

/** Points that a curve has at most: more would not be seen. */
const MOST_POINTS = 480;

export const EMPTY_CURVE: Curve = { x: [], y: [], every: 1, waiting: [] };

/**
 * Adds values to a curve. When it has too many points, each two become one, their mean, and from then on twice as many
 * values make a point.
 */
export function extendCurve(curve: Curve, x: readonly number[], y: readonly number[]): Curve {
  const xs = [...curve.x];
  const ys = [...curve.y];
  let { every } = curve;
  let waiting = [...curve.waiting];
  for (const [i, position] of x.entries()) {
    waiting.push(y[i] ?? Number.NaN);
    if (waiting.length < every) continue;
    xs.push(position);
    ys.push(waiting.reduce((sum, value) => sum + value, 0) / waiting.length);
    waiting = [];
    if (xs.length < MOST_POINTS) continue;
    for (let at = 0; 2 * at + 1 < xs.length; at++) {
      xs[at] = xs[2 * at + 1] ?? 0;
      ys[at] = ((ys[2 * at] ?? 0) + (ys[2 * at + 1] ?? 0)) / 2;
    }
    xs.length = Math.floor(xs.length / 2);
    ys.length = xs.length;
    every *= 2;
  }
  return { x: xs, y: ys, every, waiting };
}

/** The mean of the last points. */
export function lastOf({ y }: Curve, count: number): number {
  const last = y.slice(-count);
  return last.length === 0 ? Number.NaN : last.reduce((sum, value) => sum + value, 0) / last.length;
}

/** A moving mean, so that a noisy line can be read: each point is the mean of itself and up to `before` before it. */
export function smoothed(values: readonly number[], before: number): number[] {
  let sum = 0;
  return values.map((value, i) => {
    sum += value - (i > before ? (values[i - before - 1] ?? 0) : 0);
    return sum / Math.min(i + 1, before + 1);
  });
}
