import { UsageError } from "@mxgraft/base";
import { expect, test } from "vitest";
import { cases } from "../../bench/cases/cases.ts";
import { readOptions } from "../../bench/read-options.ts";

const known = ["lenet-100", "lenet-10", "epoch"];

test("without words: everything, without peers", () => {
  expect(readOptions([], known)).toEqual({
    names: known,
    backend: "auto",
    effort: { rounds: 9, turn: 400 },
    peers: false,
    json: false,
    writeDocs: false,
    setUpPeers: false,
    profile: false,
  });
});

test("names come in the order of the cases, options as given", () => {
  const words = ["epoch", "lenet-100", "--peers", "--json", "--rounds", "3", "--turn", "50", "--backend", "wasm"];
  expect(readOptions([...words, "--from", "a.json"], known)).toMatchObject({
    names: ["lenet-100", "epoch"],
    backend: "wasm",
    effort: { rounds: 3, turn: 50 },
    peers: true,
    json: true,
    from: "a.json",
  });
});

const wrong = [
  { words: ["lenet-1000"], message: 'Benchmark "lenet-1000" is not known. Did you mean "lenet-100"?' },
  { words: ["--rounds", "0"], message: 'Option --rounds is "0", expected an integer >= 1.' },
  { words: ["--turn", "fast"], message: 'Option --turn is "fast"' },
  { words: ["--backend", "cuda"], message: 'Backend "cuda" is not known' },
  { words: ["--peer"], message: "unknown option '--peer'" },
];

test.for(wrong)("refuses $words", ({ words, message }) => {
  expect(() => readOptions(words, known)).toThrow(UsageError);
  expect(() => readOptions(words, known)).toThrow(message);
});

test("every case has a name of its own, and every comparison of a case a label of its own", () => {
  const names = cases.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const { rivals } of cases) {
    const labels = rivals.map(({ label, peer }) => label ?? peer);
    expect(new Set(labels).size).toBe(labels.length);
  }
});
