import { expect, test } from "vitest";
import { follow, frameAround, sameFrame } from "../../src/charts/view-frame.ts";

test("a frame is a square around all points, with a margin", () => {
  expect(frameAround([0, 0, 4, 2], [2, -2])).toEqual({ x: 2, y: 0, half: 2 * 1.12 });
});

test.for([
  { name: "no points", points: [] },
  { name: "points that are no numbers", points: [Number.NaN, Number.NaN] },
])("a frame of $name shows the middle of the plane", ({ points }) => {
  expect(frameAround(points)).toEqual({ x: 0, y: 0, half: 1 });
});

test("one point has a frame with a size", () => {
  expect(frameAround([3, 4])).toEqual({ x: 3, y: 4, half: 1 });
});

test("a view that follows arrives, at any frame rate the same way", () => {
  const [from, to] = [
    { x: 0, y: 0, half: 1 },
    { x: 10, y: -4, half: 8 },
  ];
  const once = follow(from, to, 100);
  let often = from;
  for (let i = 0; i < 10; i++) often = follow(often, to, 10);
  expect(often.x).toBeCloseTo(once.x, 9);
  expect(often.half).toBeCloseTo(once.half, 9);
  expect(sameFrame(from, to)).toBe(false);
  expect(sameFrame(follow(from, to, 5000), to)).toBe(true);
});
