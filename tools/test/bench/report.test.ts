import { expect, test } from "vitest";
import { benchmarksPage } from "../../bench/report/benchmarks-page.ts";
import { benchmarksSummary } from "../../bench/report/benchmarks-summary.ts";
import { profileSummary } from "../../bench/report/profile-summary.ts";
import { figure, resultsTable } from "../../bench/report/results-table.ts";
import type { Report, Result } from "../../bench/run/results.ts";

const result: Result = {
  name: "step",
  title: "A step",
  peer: "PyTorch",
  ratio: 2.004,
  target: 1.8,
  atMost: false,
  met: true,
  ratios: { lower: 1.9, median: 2, upper: 2.1 },
  unit: "ms",
  ours: { lower: 9.5, median: 10, upper: 11 },
  theirs: { lower: 19, median: 20.04, upper: 22 },
  limit: 4,
  facts: { ours: {}, theirs: { version: "2.15.0", variant: "unique" } },
};

const report: Report = {
  machine: {
    processor: "a processor",
    cores: 2,
    memory: 8,
    system: "Linux x64",
    node: "20.0.0",
    backend: "tensorflow",
    tensorflow: "2.21.0",
    flags: { TF_ENABLE_ONEDNN_OPTS: "1" },
    load: 0.5,
    bandwidth: { copy: 10, triad: 20 },
    matrices: { backend: 50, wasm: 10 },
    date: "2026-01-01",
  },
  effort: { rounds: 9, turn: 400 },
  results: [
    result,
    { ...result, title: "An epoch", peer: "its steps", ratio: 1.3, target: 1.1, atMost: true, met: false, limit: null },
  ],
  omitted: [{ name: "step", peer: "MXNet", reason: "not set up: install it\n  Traceback" }],
};

const figures = [
  { value: 0.04567, text: "0.0457" },
  { value: 0.5, text: "0.500" },
  { value: 12.345, text: "12.3" },
  { value: 987.6, text: "988" },
  { value: 12345, text: "12345" },
  { value: 0, text: "0.00" },
];

test.for(figures)("$value is shown as $text", ({ value, text }) => {
  expect(figure(value)).toBe(text);
});

test("docs/benchmarks.md shows machine, results, what was left out, and limits", () => {
  const page = benchmarksPage(report);
  for (const line of [
    "Measured on 2026-01-01, 9 rounds: a processor, 2 cores, 8 GB; Linux x64; Node 20.0.0; backend tensorflow (TensorFlow 2.21.0); TF_ENABLE_ONEDNN_OPTS=1; load 0.5 before the run; memory 10 GB/s copy, 20 GB/s triad; matrix products 50 GFLOP/s, in WebAssembly 10.",
    "| A step | PyTorch | 2.00 (1.90-2.10) | >= 1.8 | 10.0 (9.50-11.0) ms | 20.0 (19.0-22.0) ms |",
    "| An epoch | its steps | 1.30 (1.90-2.10) | <= 1.1, missed | 10.0 (9.50-11.0) ms | 20.0 (19.0-22.0) ms |",
    "- step, MXNet: not set up: install it",
    "- PyTorch: version 2.15.0, variant unique (step)",
    "| A step | 4.00 ms | 10.0 ms | 2.50 |",
  ]) {
    expect(page.split("\n")).toContain(line);
  }
});

test("the README's summary has a row for each work that others do too", () => {
  const rivals = [result, { ...result, peer: "MXNet", ratio: 5.678 }];
  const memory: Result = { ...result, title: "Memory", unit: "MB" };
  const itself: Result = { ...result, title: "Itself", atMost: true };
  expect(benchmarksSummary({ ...report, results: [...rivals, memory, itself] }).split("\n")).toEqual([
    "| Work | mxgraft | times as fast as |",
    "| --- | --- | --- |",
    "| A step | 10.0 ms | PyTorch **2.00**; MXNet **5.68** |",
    "",
    "a processor, 2 cores, 2026-01-01; medians.",
  ]);
});

test("the table in the terminal has a row for each comparison, and what was left out below", () => {
  const lines = resultsTable(report).split("\n");
  expect(lines.filter((line) => line.includes("PyTorch"))).toHaveLength(1);
  expect(lines.some((line) => line.includes("<= 1.1 (missed)"))).toBe(true);
  expect(lines.some((line) => line.startsWith("step: without MXNet: not set up"))).toBe(true);
});

test("a profile is summed by function, without idle time", () => {
  const frame = (functionName: string, url = "", lineNumber = 0) => ({ functionName, url, lineNumber });
  const profile = {
    nodes: [
      { id: 1, callFrame: frame("(idle)") },
      { id: 2, callFrame: frame("step", "file:///a/b/c/d.ts", 4) },
      { id: 3, callFrame: frame("", "file:///a/b/c/e.ts", 0) },
      { id: 4, callFrame: frame("step", "file:///a/b/c/d.ts", 4) },
    ],
    samples: [1, 2, 3, 4],
    timeDeltas: [9000, 1000, 1000, 2000],
  };
  expect(profileSummary(profile, 5)).toEqual([
    { name: "step", place: "b/c/d.ts:5", self: 3, part: 0.75 },
    { name: "(anonymous)", place: "b/c/e.ts:1", self: 1, part: 0.25 },
  ]);
});
