/** The square of the plane that a scatter shows. */
export interface ViewFrame {
  readonly x: number;
  readonly y: number;
  /** Half of its side. */
  readonly half: number;
}

const MARGIN = 1.12;
/** Share of a change of view that a frame of the animation makes up for, at 60 frames a second. */
const FOLLOW = 0.14;

/** The smallest square around all points, with a margin. */
export function frameAround(...sets: readonly ArrayLike<number>[]): ViewFrame {
  const low: [number, number] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  const high: [number, number] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const set of sets) {
    for (let i = 0; i < set.length; i++) {
      const value = set[i] ?? Number.NaN;
      if (!Number.isFinite(value)) continue;
      const axis = i % 2 === 0 ? 0 : 1;
      low[axis] = Math.min(low[axis], value);
      high[axis] = Math.max(high[axis], value);
    }
  }
  if (low[0] > high[0] || low[1] > high[1]) return { x: 0, y: 0, half: 1 };
  const side = Math.max(high[0] - low[0], high[1] - low[1]);
  return { x: (low[0] + high[0]) / 2, y: (low[1] + high[1]) / 2, half: side > 0 ? (side / 2) * MARGIN : 1 };
}

/** A step from one view towards another, smooth at any frame rate. */
export function follow(from: ViewFrame, to: ViewFrame, milliseconds: number): ViewFrame {
  const share = 1 - (1 - FOLLOW) ** (milliseconds / (1000 / 60));
  const between = (a: number, b: number) => a + (b - a) * share;
  return {
    x: between(from.x, to.x),
    y: between(from.y, to.y),
    // Sizes are followed by ratio, so that zooming out takes as long as zooming in.
    half: from.half * (to.half / from.half) ** share,
  };
}

/** Whether two views look the same. */
export function sameFrame(a: ViewFrame, b: ViewFrame): boolean {
  const near = (x: number, y: number) => Math.abs(x - y) < 0.002 * b.half;
  return near(a.x, b.x) && near(a.y, b.y) && near(a.half, b.half);
}
