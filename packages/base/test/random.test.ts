import { Random } from "@mxgraft/base";
import { expect, test } from "vitest";

test("goes on from a saved state with the same numbers, a pending normal number included", () => {
  const random = new Random(7);
  random.normal();
  const state = random.state();
  const expected = [random.normal(), random.normal(), random.bits()];
  const resumed = new Random(JSON.parse(JSON.stringify(state)));
  expect([resumed.normal(), resumed.normal(), resumed.bits()]).toEqual(expected);
  random.restore(state);
  expect([random.normal(), random.normal(), random.bits()]).toEqual(expected);
});

test("gives normal numbers with mean 0 and deviation 1", () => {
  const random = new Random(3);
  const count = 100_000;
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < count; i++) {
    const value = random.normal();
    sum += value;
    squares += value * value;
  }
  // Four standard errors.
  expect(Math.abs(sum / count)).toBeLessThan(4 / Math.sqrt(count));
  expect(Math.abs(squares / count - 1)).toBeLessThan(4 * Math.sqrt(2 / count));
});

test("neighbouring seeds give first numbers that have nothing in common", () => {
  // Positions in a list of these are spread evenly: 16 bins of 4096 seeds, chi-squared with 15 degrees of freedom.
  for (const position of [0, 1, 2]) {
    const bins = new Array<number>(16).fill(0);
    for (let seed = 0; seed < 4096; seed++) {
      const random = new Random(seed);
      for (let i = 0; i < position; i++) random.bits();
      const bin = Math.floor(random.uniform() * 16);
      bins[bin] = (bins[bin] ?? 0) + 1;
    }
    const chiSquared = bins.reduce((sum, count) => sum + (count - 256) ** 2 / 256, 0);
    // 0.1 % of fair draws are above.
    expect(chiSquared).toBeLessThan(37.7);
  }
});
