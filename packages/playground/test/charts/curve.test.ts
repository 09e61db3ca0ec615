import { describe, expect, test } from "vitest";
import { EMPTY_CURVE, extendCurve, lastOf, smoothed } from "../../src/charts/curve.ts";

describe("a curve", () => {
  test("takes values as points", () => {
    const curve = extendCurve(extendCurve(EMPTY_CURVE, [1, 2], [5, 6]), [3], [7]);
    expect([curve.x, curve.y]).toEqual([
      [1, 2, 3],
      [5, 6, 7],
    ]);
  });

  test("has a bounded number of points, each the mean of what it stands for", () => {
    const at = Array.from({ length: 5000 }, (_, i) => i + 1);
    let curve = EMPTY_CURVE;
    for (let i = 0; i < at.length; i += 7) {
      const part = at.slice(i, i + 7);
      curve = extendCurve(curve, part, part);
    }
    expect(curve.x.length).toBeLessThan(480);
    expect(curve.x.length).toBeGreaterThan(200);
    // A point at x stands for the `every` values up to x: their mean is x - (every - 1) / 2.
    for (const [i, x] of curve.x.entries()) expect(curve.y[i]).toBeCloseTo(x - (curve.every - 1) / 2, 9);
    expect((curve.x.at(-1) ?? 0) + curve.waiting.length).toBe(5000);
  });
});

test.for([
  { name: "of fewer values than asked for", y: [2, 4], count: 5, mean: 3 },
  { name: "of the last ones", y: [9, 2, 4], count: 2, mean: 3 },
  { name: "of none", y: [], count: 2, mean: Number.NaN },
])("the mean $name", ({ y, count, mean }) => {
  expect(lastOf({ ...EMPTY_CURVE, y }, count)).toBe(mean);
});

test("a moving mean looks back, not ahead", () => {
  expect(smoothed([2, 4, 6, 8], 1)).toEqual([2, 3, 5, 7]);
  expect(smoothed([2, 4, 6], 9)).toEqual([2, 3, 4]);
  expect(smoothed([], 3)).toEqual([]);
});
