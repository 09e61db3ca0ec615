import { Random, ShapeError, ValueError } from "@mxgraft/base";
import { describe, expect, test } from "vitest";
import { curves, type FeatureSet, featureComparison, featureScatter } from "../src/index.ts";
import { texts, wellFormed } from "./read-markup.ts";

function clusters(count: number, seed: number, classes = 10): FeatureSet {
  const random = new Random(seed);
  const labels = Int32Array.from({ length: count }, (_, i) => i % classes);
  const features = new Float32Array(2 * count);
  for (let i = 0; i < count; i++) {
    features[2 * i] = 40 * Math.cos((labels[i] ?? 0) * 0.63) + 3 * random.normal();
    features[2 * i + 1] = 40 * Math.sin((labels[i] ?? 0) * 0.63) + 3 * random.normal();
  }
  return { features, labels };
}

const square: FeatureSet = { features: Float32Array.of(0, 0, 10, 0, 0, 10, 10, 10), labels: [0, 1, 2, 3] };

/** Tick labels of the first panel by axis, with their places. */
function ticksOf(svg: string): { x: Map<number, number>; y: Map<number, number> } {
  const read = (pattern: RegExp) =>
    new Map([...svg.matchAll(pattern)].map(([, at, label]) => [Number(label?.replace("−", "-")), Number(at)] as const));
  return {
    x: read(/<text x="([\d.]+)" y="377" class="faint" text-anchor="middle">([^<]+)<\/text>/g),
    y: read(/<text x="-8" y="([-\d.]+)" class="faint" text-anchor="end">([^<]+)<\/text>/g),
  };
}

/** The points drawn for a class: `M1 2h0M3 4h0`. */
function pointsOf(svg: string, index: number): [number, number][] {
  const path = new RegExp(`<path class="d k${index}" d="((?:M[-\\d.]+ [-\\d.]+h0)+)">`).exec(svg)?.[1] ?? "";
  return [...path.matchAll(/M([-\d.]+) ([-\d.]+)h0/g)].map(([, x, y]) => [Number(x), Number(y)]);
}

describe("featureScatter", () => {
  test("puts points where the ticks say, with equal scales and y upwards", () => {
    const svg = featureScatter({ train: square });
    const ticks = ticksOf(svg);
    const place = (axis: Map<number, number>, shift: number) => {
      const [low, high] = [axis.get(0) ?? Number.NaN, axis.get(10) ?? Number.NaN];
      return { low: low - shift, step: (high - low) / 10 };
    };
    const x = place(ticks.x, 0);
    const y = place(ticks.y, 4);
    expect(x.step).toBeGreaterThan(0);
    expect(y.step).toBeCloseTo(-x.step, 3);
    for (const [k, [px, py]] of [
      [0, 0],
      [10, 0],
      [0, 10],
      [10, 10],
    ].entries()) {
      const [point] = pointsOf(svg, k);
      expect(point?.[0]).toBeCloseTo(x.low + (px ?? 0) * x.step, 0);
      expect(point?.[1]).toBeCloseTo(y.low + (py ?? 0) * y.step, 0);
    }
  });

  test("draws every point, every center and every class in the legend, in a small file", () => {
    const centers = Float32Array.from(
      { length: 20 },
      (_, i) => 40 * (i % 2 ? Math.sin : Math.cos)(Math.floor(i / 2) * 0.63),
    );
    const svg = featureScatter({ train: clusters(1000, 1), test: clusters(1000, 2), centers }, { title: "Features" });
    expect(svg.match(/h0/g)?.length).toBe(2000 + 10);
    expect(svg.match(/<title>center of \d<\/title>/g)?.length).toBe(20);
    expect(texts(svg)).toEqual(expect.arrayContaining(["Features", "Train", "Test", "1,000 points"]));
    expect(svg.length).toBeLessThan(40_000);
    wellFormed(svg);
  });

  test("says what it did to features of more dimensions", () => {
    const random = new Random(3);
    const features = Float32Array.from({ length: 160 }, () => random.normal());
    const svg = featureScatter({ train: { features, labels: new Uint8Array(10), dimensions: 16 } });
    expect(texts(svg).join(" ")).toMatch(
      /First two principal components of 16 dimensions \(\d+\u2009% of the variance\)/,
    );
  });

  test("leaves out what is not finite and says so", () => {
    const features = Float32Array.of(1, 2, Number.NaN, 0, Number.POSITIVE_INFINITY, 1, 3, 4);
    const svg = featureScatter({ train: { features, labels: [0, 0, 0, 0] } });
    expect(pointsOf(svg, 0)).toHaveLength(2);
    expect(texts(svg).join(" ")).toContain("2 points that are not finite are left out");
    expect(svg).not.toMatch(/NaN|Infinity/);
  });

  test.for([
    { name: "no points", train: { features: new Float32Array(0), labels: [] } },
    { name: "one point", train: { features: Float32Array.of(5, 5), labels: [0] } },
    {
      name: "three hundred classes",
      train: { features: new Float32Array(600), labels: Array.from({ length: 300 }, (_, i) => i) },
    },
  ])("draws $name", ({ train }) => {
    const svg = featureScatter({ train });
    wellFormed(svg);
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  });

  test("escapes text of users and shortens long names in the legend", () => {
    const hostile = '<script>alert("&")</script>\u0000';
    const long = "a very long name of a class that nobody could fit in";
    const svg = featureScatter({ train: square }, { title: hostile, subtitle: hostile, classNames: [hostile, long] });
    expect(svg).not.toContain("<script");
    expect(svg).not.toContain("\u0000");
    expect(texts(svg)).toContain("a very long name of a class…");
    wellFormed(svg);
  });

  test.for([
    {
      name: "labels that are too few",
      set: { features: new Float32Array(4), labels: [0] },
      error: ShapeError,
      says: "4 numbers for 1 labels, expected 2",
    },
    {
      name: "a label that is no class",
      set: { features: new Float32Array(4), labels: [0, 1.5] },
      error: ValueError,
      says: "Label 1.5 in row 1",
    },
    {
      name: "a negative label",
      set: { features: new Float32Array(2), labels: [-1] },
      error: ValueError,
      says: "Label -1 in row 0",
    },
    {
      name: "one dimension",
      set: { features: new Float32Array(1), labels: [0], dimensions: 1 },
      error: ShapeError,
      says: "1 dimensions, expected an integer of 2 or more",
    },
  ])("refuses $name", ({ set, error, says }) => {
    expect(() => featureScatter({ train: set })).toThrow(error);
    expect(() => featureScatter({ train: square, test: set })).toThrow(says);
  });

  test("does not mark more centers than can be read, and says so", () => {
    const svg = featureScatter({ train: square, centers: new Float32Array(2000) });
    expect(svg).not.toContain("center of");
    expect(texts(svg)).toContain("The 1000 centers are not marked");
  });

  test("refuses centers of other dimensions", () => {
    expect(() => featureScatter({ train: square, centers: new Float32Array(3) })).toThrow(ShapeError);
  });

  test("has shapes beside colours on request", () => {
    expect(featureScatter({ train: square }, { shapes: true })).toContain("m-1.6-1.6h3.2v3.2h-3.2z");
  });

  test("follows the reader's setting, or keeps one", () => {
    expect(featureScatter({ train: square })).toContain("prefers-color-scheme:dark");
    expect(featureScatter({ train: square }, { theme: "dark" })).not.toContain("prefers-color-scheme");
  });
});

test("featureComparison has a row with scales of its own for each moment", () => {
  const before: FeatureSet = { ...square, features: square.features.map((value) => value / 1000) };
  const svg = featureComparison({ train: before, test: before }, { train: square, test: square });
  expect(texts(svg)).toEqual(expect.arrayContaining(["Before, train", "Before, test", "After, train", "After, test"]));
  expect(texts(svg)).toEqual(expect.arrayContaining(["0.010", "10"]));
  wellFormed(svg);
});

describe("curves", () => {
  const x = [0, 1, 2, 3];

  test("draws each series through its values, with gaps where there is none", () => {
    const svg = curves([
      { name: "train", x, y: [0, 1, 2, 3] },
      { name: "test", x, y: [1, Number.NaN, 1, 1] },
    ]);
    const [train = "", other = ""] = [...svg.matchAll(/<path class="l k\d" d="([^"]+)">/g)].map(([, d]) => d);
    const points = [...train.matchAll(/[ML]([\d.]+) ([\d.]+)/g)].map(([, px, py]) => [Number(px), Number(py)]);
    expect(points).toHaveLength(4);
    for (const axis of [0, 1]) {
      const steps = points.slice(1).map((point, i) => (point[axis] ?? 0) - (points[i]?.[axis] ?? 0));
      for (const step of steps) expect(step).toBeCloseTo(steps[0] ?? Number.NaN, 0);
      expect(Math.sign(steps[0] ?? 0)).toBe(axis === 0 ? 1 : -1);
    }
    expect(other.match(/M/g)).toHaveLength(2);
    expect(texts(svg)).toEqual(expect.arrayContaining(["train", "test"]));
    wellFormed(svg);
  });

  test.for([
    { name: "nothing", series: [] },
    { name: "one value", series: [{ name: "a", x: [1], y: [2] }] },
    { name: "no finite value", series: [{ name: "a", x: [1, 2], y: [Number.NaN, Number.NaN] }] },
    { name: "equal values", series: [{ name: "<b>", x: [1, 2], y: [0, 0] }] },
  ])("draws $name", ({ series }) => {
    const svg = curves(series, { title: "T", xLabel: "x", yLabel: "y" });
    wellFormed(svg);
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  });

  test("refuses a series with other numbers of x and y", () => {
    expect(() => curves([{ name: "loss", x, y: [1] }])).toThrow('Series "loss" has 4 x and 1 y values');
  });
});
