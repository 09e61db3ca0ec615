import { Random, ShapeError } from "@mxgraft/base";
import { expect, test } from "vitest";
import { principalComponents, projectOnPlane } from "../src/index.ts";

/** Rows whose axes and variances are known: the rows of `directions` times independent normal numbers. */
function rowsAlong(
  directions: readonly (readonly number[])[],
  deviations: readonly number[],
  count: number,
): Float32Array {
  const random = new Random(1);
  const dimensions = directions[0]?.length ?? 0;
  const rows = new Float32Array(count * dimensions);
  for (let row = 0; row < count; row++) {
    for (const [i, direction] of directions.entries()) {
      const amount = random.normal() * (deviations[i] ?? 0);
      for (const [k, part] of direction.entries())
        rows[row * dimensions + k] = (rows[row * dimensions + k] ?? 0) + part * amount;
    }
  }
  return rows;
}

// Worked by hand: four points on two perpendicular lines through (1, 1, 1), lengths 3 and 1 along (0, 0, 1) and (1, 0, 0).
test("finds the axes of a cross", () => {
  const rows = [1, 1, 4, 1, 1, -2, 2, 1, 1, 0, 1, 1];
  const plane = principalComponents(rows, 3);
  expect([...plane.mean]).toEqual([1, 1, 1]);
  for (const [i, want] of [0, 0, 1, 1, 0, 0].entries()) expect(plane.axes[i]).toBeCloseTo(want, 12);
  expect(plane.shares[0]).toBeCloseTo(0.9, 12);
  expect(plane.shares[1]).toBeCloseTo(0.1, 12);
  for (const [i, want] of [3, 0, -3, 0, 0, 1, 0, -1].entries())
    expect(projectOnPlane(rows, plane)[i]).toBeCloseTo(want, 6);
});

test("finds directions in sixteen dimensions and keeps distances in the plane", () => {
  const first = Array.from({ length: 16 }, () => 0.25);
  const second = Array.from({ length: 16 }, (_, k) => (k % 2 === 0 ? 0.25 : -0.25));
  const rows = rowsAlong([first, second], [5, 2], 4000);
  const { axes, shares } = principalComponents(rows, 16);
  const dot = (axis: number, direction: number[]) =>
    direction.reduce((sum, part, k) => sum + part * (axes[axis * 16 + k] ?? 0), 0);
  expect(Math.abs(dot(0, first))).toBeGreaterThan(0.999);
  expect(Math.abs(dot(1, second))).toBeGreaterThan(0.999);
  expect(shares[0] + shares[1]).toBeCloseTo(1, 6);
  expect(shares[0]).toBeCloseTo(25 / 29, 1);
});

test("leaves rows out that are not finite", () => {
  const plane = principalComponents([0, 0, 2, 0, Number.NaN, 5, 1, 1, 1, -1], 2);
  expect([...plane.mean]).toEqual([1, 0]);
});

test("equal rows have no directions but give a plane", () => {
  expect(principalComponents([1, 2, 3, 1, 2, 3], 3).shares).toEqual([0, 0]);
});

test.for([
  { rows: 5, dimensions: 2 },
  { rows: 3, dimensions: 1 },
])("refuses $rows numbers as rows of $dimensions", ({ rows, dimensions }) => {
  expect(() => principalComponents(new Float32Array(rows), dimensions)).toThrow(ShapeError);
});
