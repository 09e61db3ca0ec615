import { expect, test } from "vitest";
import { factor, integerFrom, numberFrom, rowRange } from "../src/cli/option-values.ts";

const right: readonly { name: string; read: (text: string) => unknown; text: string; value: unknown }[] = [
  { name: "an integer", read: integerFrom(1), text: "20", value: 20 },
  { name: "a number in Python's short form", read: numberFrom(0), text: ".01", value: 0.01 },
  { name: "a number with an exponent", read: numberFrom(0), text: "1e-3", value: 0.001 },
  { name: "a factor of one", read: factor, text: "1", value: 1 },
  { name: "a range", read: rowRange, text: "0:8000", value: [0, 8000] },
];
test.for(right)("reads $name", ({ read, text, value }) => {
  expect(read(text)).toEqual(value);
});

const wrong: readonly { name: string; read: (text: string) => unknown; texts: readonly string[]; message: string }[] = [
  {
    name: "what is no integer",
    read: integerFrom(1),
    texts: ["0", "1.5", "x", "", "-3", "1e99"],
    message: "Expected an integer of 1 or more.",
  },
  {
    name: "what is no number",
    read: numberFrom(0),
    texts: ["-1", "x", "", "NaN", "Infinity"],
    message: "Expected a number of at least 0.",
  },
  {
    name: "zero where it means nothing",
    read: numberFrom(0, { above: true }),
    texts: ["0"],
    message: "Expected a number above 0.",
  },
  {
    name: "what is no factor",
    read: factor,
    texts: ["0", "1.1", "-1", "x"],
    message: "Expected a number above 0, at most 1.",
  },
  {
    name: "what is no range",
    read: rowRange,
    texts: ["5", "5:5", "8:3", "-1:3", "a:b", ":", "1:2:3", "0:1e3"],
    message: "Expected FROM:TO",
  },
];
test.for(wrong)("refuses $name", ({ read, texts, message }) => {
  for (const text of texts) expect(() => read(text), text).toThrow(message);
});
