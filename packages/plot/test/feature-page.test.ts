import { Random, ShapeError } from "@mxgraft/base";
import { expect, test } from "vitest";
import { type FeatureSet, featurePage, type Snapshot } from "../src/index.ts";
import type { PageData } from "../src/page-data.ts";

function cloud(count: number, spread: number, seed: number): FeatureSet {
  const random = new Random(seed);
  return {
    features: Float32Array.from({ length: 2 * count }, () => spread * random.normal() + 3),
    labels: Int32Array.from({ length: count }, (_, i) => i % 10),
  };
}

function snapshots(epochs: number, points: number): Snapshot[] {
  return Array.from({ length: epochs }, (_, epoch) => ({
    epoch: epoch + 1,
    train: cloud(points, epoch + 1, epoch),
    test: cloud(points, epoch + 1, epoch + 100),
    centers: Float32Array.from({ length: 20 }, (_, i) => i - 8),
    metrics: { "train accuracy": 0.5 + epoch / 100, "test accuracy": 0.4, loss: 1 / (epoch + 1) },
  }));
}

function dataOf(html: string): PageData {
  const text = /<script type="application\/json" id="data">([^<]*)<\/script>/.exec(html)?.[1];
  return JSON.parse(text ?? "null");
}

test("the data in the page are the features, to a part in 65535 of the window", () => {
  const given = snapshots(3, 200);
  const data = dataOf(featurePage(given));
  for (const [i, snapshot] of given.entries()) {
    const page = data.snapshots[i];
    if (page === undefined) throw new Error(`no snapshot ${i}`);
    const { x, y, half } = page.window;
    for (const [p, set] of [snapshot.train, snapshot.test].entries()) {
      const panel = page.panels[p];
      if (set === undefined || panel === undefined) throw new Error(`no panel ${p}`);
      expect(panel.counts).toEqual(new Array(10).fill(20));
      const bytes = Buffer.from(panel.points, "base64");
      expect(bytes.length).toBe(set.labels.length * 4);
      // Sorted by class, in order within one.
      const rows = Array.from(set.labels, (label, row) => ({ label, row })).sort((a, b) => a.label - b.label);
      for (const [at, { row }] of rows.entries()) {
        const px = x - half + (bytes.readUInt16LE(4 * at) / 65535) * 2 * half;
        const py = y + half - (bytes.readUInt16LE(4 * at + 2) / 65535) * 2 * half;
        expect(Math.abs(px - (set.features[2 * row] ?? 0))).toBeLessThan((2 * half) / 65535);
        expect(Math.abs(py - (set.features[2 * row + 1] ?? 0))).toBeLessThan((2 * half) / 65535);
      }
    }
  }
});

test("the shared scale maps each snapshot's window into one that holds all", () => {
  const data = dataOf(featurePage(snapshots(4, 100)));
  const places = data.snapshots.map(({ window, shared }) => {
    // Where the origin of the plane and a point one unit up and right lie.
    const own = (value: number, middle: number) => ((value - middle + window.half) / (2 * window.half)) * data.panel;
    const flipped = (value: number) => data.panel - own(value, window.y);
    return [0, 1].map((value) => [shared.a * own(value, window.x) + shared.bx, shared.a * flipped(value) + shared.by]);
  });
  for (const place of places) {
    for (const [i, point] of place.entries()) {
      for (const [axis, value] of point.entries()) expect(value).toBeCloseTo(places[0]?.[i]?.[axis] ?? Number.NaN, 6);
    }
  }
  for (const { shared } of data.snapshots) expect(shared.a).toBeLessThanOrEqual(1);
});

test("ten epochs of 2,000 points stay far below 1 MB", () => {
  expect(featurePage(snapshots(10, 1000)).length).toBeLessThan(200_000);
});

test("loads nothing and forbids it", () => {
  const html = featurePage(snapshots(2, 20));
  expect(html).not.toMatch(
    /https?:|\/\/[a-z]|src=|href=|url\(|@import|fetch\(|XMLHttpRequest|innerHTML|document\.write|eval\(/,
  );
  expect(html).toContain("default-src 'none'");
});

test("escapes text of users everywhere", () => {
  const hostile = `</script><img src=x onerror="alert('1')">&\u2028`;
  const html = featurePage(
    snapshots(2, 20).map((snapshot) => ({ ...snapshot, metrics: { [hostile]: 1 } })),
    { title: hostile, subtitle: hostile, classNames: new Array<string>(10).fill(hostile) },
  );
  expect(html).not.toContain("<img");
  expect(html.match(/<\/script>/g)).toHaveLength(2);
  expect(dataOf(html).snapshots[0]?.summary).toBe(`${hostile} 1`);
});

test("can be used with the keyboard and read aloud", () => {
  const html = featurePage(snapshots(3, 20), { title: "Digits" });
  expect(html).toContain('<html lang="en">');
  expect(html).toMatch(/<label for="epoch">Epoch<\/label>/);
  expect(html).toMatch(/<input id="epoch" type="range" min="0" max="2" step="1" value="2">/);
  expect(html).toMatch(/<button id="play" type="button">Play<\/button>/);
  expect(html).toContain('aria-label="Train: 20 points"');
  expect(html).toContain("prefers-reduced-motion");
});

test("metrics that differ in a first word such as test share a chart", () => {
  const html = featurePage(snapshots(3, 20));
  const headings = [...html.matchAll(/<h2>([^<]*)</g)].map(([, text]) => text?.trim());
  expect(headings).toEqual(["Train", "Test", "Accuracy", "Loss"]);
  const data = dataOf(html);
  expect(data.snapshots.map(({ moved }) => moved)).toEqual([
    [0, 0],
    [162, 162],
    [324, 324],
  ]);
});

test("one snapshot without test data, centers or metrics is a page too", () => {
  const html = featurePage([{ epoch: 0, train: cloud(10, 1, 1) }]);
  expect(dataOf(html).snapshots[0]?.panels).toHaveLength(1);
  expect(html).not.toContain("NaN");
});

test("refuses to draw nothing", () => {
  expect(() => featurePage([])).toThrow(ShapeError);
});
