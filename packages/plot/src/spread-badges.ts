/** Where a badge goes, and the point it belongs to. */
export interface Badge {
  readonly anchorX: number;
  readonly anchorY: number;
  readonly x: number;
  readonly y: number;
}

/** Rounds of pushing; far more than ten badges need, few enough for a thousand. */
const ROUNDS = 200;

/**
 * Places round badges at points so that none covers another: overlapping ones push each other away, and all stay in
 * the square 0..size.
 *
 * @param points  (C, 2) in the units of `size`; points that are not finite, or outside, get no badge (`null`).
 * @param radius  of a badge; the gap between two comes on top.
 */
export function spreadBadges(points: ArrayLike<number>, size: number, radius: number, gap = 2): (Badge | null)[] {
  const count = Math.floor(points.length / 2);
  const xs = new Float64Array(count);
  const ys = new Float64Array(count);
  const shown: number[] = [];
  const keep = (value: number) => Math.min(size - radius, Math.max(radius, value));
  for (let i = 0; i < count; i++) {
    const x = points[2 * i] ?? Number.NaN;
    const y = points[2 * i + 1] ?? Number.NaN;
    if (!(x >= 0 && x <= size && y >= 0 && y <= size)) continue;
    shown.push(i);
    // A spiral far smaller than a badge makes equal points part in all directions, not in a row.
    const turn = 0.002 * (1 + (i % 50));
    xs[i] = keep(x + turn * Math.cos(2.4 * i));
    ys[i] = keep(y + turn * Math.sin(2.4 * i));
  }
  const wanted = 2 * radius + gap;
  for (let round = 0; round < ROUNDS; round++) {
    let moved = false;
    for (const [k, i] of shown.entries()) {
      for (const j of shown.slice(k + 1)) {
        let dx = (xs[j] ?? 0) - (xs[i] ?? 0);
        let dy = (ys[j] ?? 0) - (ys[i] ?? 0);
        const distance = Math.hypot(dx, dy);
        if (distance >= wanted - 0.01) continue;
        if (distance < 1e-3) {
          // Points that a corner made equal need a direction to part in: another one every round.
          dx = Math.cos(2.4 * (j + round));
          dy = Math.sin(2.4 * (j + round));
        }
        const push = (wanted - distance) / 2 / Math.hypot(dx, dy);
        xs[i] = keep((xs[i] ?? 0) - dx * push);
        ys[i] = keep((ys[i] ?? 0) - dy * push);
        xs[j] = keep((xs[j] ?? 0) + dx * push);
        ys[j] = keep((ys[j] ?? 0) + dy * push);
        moved = true;
      }
    }
    if (!moved) break;
  }
  const badges = new Array<Badge | null>(count).fill(null);
  for (const i of shown) {
    badges[i] = {
      anchorX: points[2 * i] ?? 0,
      anchorY: points[2 * i + 1] ?? 0,
      x: keep(xs[i] ?? 0),
      y: keep(ys[i] ?? 0),
    };
  }
  return badges;
}
