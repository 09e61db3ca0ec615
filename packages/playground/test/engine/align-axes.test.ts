import { describe, expect, test } from "vitest";
import { alignAxes } from "../../src/engine/training/align-axes.ts";

const TARGET = [1, 0, 0, 0, 1, 0];
const turned = (angle: number) => [Math.cos(angle), Math.sin(angle), 0, -Math.sin(angle), Math.cos(angle), 0];

describe("axes within the plane of the target become the target:", () => {
  test.for([
    { name: "the same", axes: TARGET },
    { name: "turned", axes: turned(1.2) },
    { name: "turned by half a circle", axes: turned(Math.PI) },
    { name: "exchanged", axes: [0, 1, 0, 1, 0, 0] },
    { name: "mirrored", axes: [-1, 0, 0, 0, 1, 0] },
  ])("$name", ({ axes }) => {
    for (const [i, value] of alignAxes(axes, TARGET).entries()) expect(value).toBeCloseTo(TARGET[i] ?? 0, 12);
  });
});

test("axes of another plane stay in theirs, and orthonormal", () => {
  const [c, s] = [Math.cos(0.4), Math.sin(0.4)];
  // The plane of y and of x tilted towards z, its axes given in the wrong order.
  const aligned = alignAxes([0, 1, 0, c, 0, s], TARGET);
  for (const [i, value] of [c, 0, s, 0, 1, 0].entries()) expect(aligned[i]).toBeCloseTo(value, 12);
});

test("axes that have nothing to do with the target stay as they are", () => {
  expect([...alignAxes([0, 0, 1, 0, 0, 0, 0, 1], [1, 0, 0, 0, 0, 1, 0, 0])]).toEqual([0, 0, 1, 0, 0, 0, 0, 1]);
});
