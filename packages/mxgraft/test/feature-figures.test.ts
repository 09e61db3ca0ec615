import { expect, test } from "vitest";
import { type DigitFeatures, featureFigures } from "../src/index.ts";

// Class 0 around (0, 0), class 1 around (4, 0), worked by hand.
const two: DigitFeatures = {
  features: Float32Array.of(-1, 0, 1, 0, 4, 2, 4, -2),
  dimensions: 2,
  labels: Uint8Array.of(0, 0, 1, 1),
  predicted: Int32Array.of(0, 0, 1, 0),
};
const centers = Float32Array.of(0, 0, 4, 0);

test("figures of two classes", () => {
  expect(featureFigures(two, centers)).toEqual({
    accuracy: 0.75,
    nearestCenterAccuracy: 1,
    smallestDistance: 4,
    largestSpread: 2,
    separation: 2,
    centerLoss: (1 + 1 + 4 + 4) / (2 * 4),
  });
});

test("means are those of the digits, not the centers", () => {
  const moved = featureFigures(two, Float32Array.of(9, 9, 4, 0));
  expect(moved).toMatchObject({ separation: 2, nearestCenterAccuracy: 0.5 });
});

test("a tie between two centers is no hit", () => {
  const tie = { ...two, features: Float32Array.of(2, 0, 2, 0, 4, 2, 4, -2) };
  expect(featureFigures(tie, centers).nearestCenterAccuracy).toBe(0.5);
});

test("classes without digits do not count", () => {
  expect(featureFigures(two, Float32Array.of(0, 0, 4, 0, 0.1, 0.1))).toMatchObject({ separation: 2 });
});

test("with one class there is no separation", () => {
  const one = { ...two, labels: Uint8Array.of(1, 1, 1, 1) };
  expect(featureFigures(one, centers).separation).toBeNaN();
});

test("without scores there is no accuracy", () => {
  const { predicted: _, ...read } = two;
  expect(featureFigures(read, centers).accuracy).toBeNaN();
});
