import { expect, test } from "vitest";
import { niceTicks } from "../src/nice-ticks.ts";

test.for([
  { low: 0, high: 10, labels: ["0", "2", "4", "6", "8", "10"] },
  { low: -1, high: 1, labels: ["−1.0", "−0.5", "0", "0.5", "1.0"] },
  { low: 0.02, high: 0.058, labels: ["0.02", "0.03", "0.04", "0.05"] },
  { low: -75, high: 80, labels: ["−60", "−40", "−20", "0", "20", "40", "60", "80"] },
  { low: 0, high: 2e6, labels: ["0", "5e5", "1.0e6", "1.5e6", "2.0e6"] },
  { low: 0, high: 1e-6, labels: ["0", "2e−7", "4e−7", "6e−7", "8e−7", "1.0e−6"] },
  { low: 3, high: 3, labels: ["3"] },
])("$low..$high has ticks $labels", ({ low, high, labels }) => {
  const ticks = niceTicks(low, high);
  expect(ticks.labels).toEqual(labels);
  for (const value of ticks.values) expect(value >= low - 1e-12 && value <= high * (1 + 1e-12)).toBe(true);
});

test("epochs get whole numbers only", () => {
  expect(niceTicks(1, 3, 6, true).labels).toEqual(["1", "2", "3"]);
});
