import { Random } from "@mxgraft/base";
import { expect, test } from "vitest";
import { spreadBadges } from "../src/spread-badges.ts";

const random = new Random(4);

test.for([
  { name: "ten at one place", points: new Array<number>(20).fill(180) },
  { name: "ten in a corner", points: new Array<number>(20).fill(0) },
  { name: "thirty anywhere", points: Array.from({ length: 60 }, () => random.uniform() * 360) },
])("$name do not cover each other and stay inside", ({ points }) => {
  const badges = spreadBadges(points, 360, 9);
  for (const [i, badge] of badges.entries()) {
    if (badge === null) throw new Error(`no badge ${i}`);
    expect([badge.anchorX, badge.anchorY]).toEqual([points[2 * i], points[2 * i + 1]]);
    expect(Math.min(badge.x, badge.y)).toBeGreaterThanOrEqual(9);
    expect(Math.max(badge.x, badge.y)).toBeLessThanOrEqual(351);
    for (const other of badges.slice(i + 1)) {
      if (other !== null) expect(Math.hypot(badge.x - other.x, badge.y - other.y)).toBeGreaterThan(18);
    }
  }
});

test("a badge with room stays at its point, one that is nowhere is left out", () => {
  const [near, nan, outside] = spreadBadges([100, 200, Number.NaN, 5, 400, 10], 360, 9);
  expect(near?.x).toBeCloseTo(100, 1);
  expect(near?.y).toBeCloseTo(200, 1);
  expect([nan, outside]).toEqual([null, null]);
});
