import { readFileSync } from "node:fs";
import { GraphError } from "@mxgraft/base";
import { readGraphRecord } from "@mxgraft/symbol";
import { expect, test } from "vitest";
import { jsonFault } from "../src/json-fault.ts";

const graph = readFileSync(new URL("cases/written-by-1.9.1.json", import.meta.url), "utf8");

test("a graph that is cut anywhere ends too early", () => {
  const text = graph.trimEnd();
  for (let end = 0; end < text.length; end++) expect(jsonFault(text.slice(0, end))?.at).toBe(end);
  expect(jsonFault(text)).toBeUndefined();
});

/** What the engine says, which knows no place. */
const isJson = (text: string) => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

test("a text has a fault where the engine does not take it, and only there", () => {
  const texts = [`{"a": [1, -0.5e+3, true, "\\u00e9\\n"], "b": {"c": null, "d": false}} \n`, '["", 0, 10, [], {}]'];
  for (const text of texts) {
    for (let at = 0; at <= text.length; at++) {
      for (const put of ["", ...'"\\{}[]:,0.-+eunA \n\u0001\u00e9']) {
        for (const width of [0, 1]) {
          const changed = text.slice(0, at) + put + text.slice(at + width);
          expect([changed, jsonFault(changed) === undefined]).toEqual([changed, isJson(changed)]);
        }
      }
    }
  }
});

const cases = [
  { name: "a trailing comma", text: '{"nodes": [], }', at: 14, expected: "a name in quotes" },
  { name: "single quotes", text: "{'nodes': []}", at: 1, expected: "a name in quotes" },
  { name: "a missing comma", text: '{"nodes": [[] []]}', at: 14, expected: '"," or "]"' },
  { name: "a missing colon", text: '{"nodes" []}', at: 9, expected: '":"' },
  { name: "Python's None", text: "[None]", at: 1, expected: "a value" },
  { name: "half a word", text: "[nul]", at: 4, expected: '"null"' },
  { name: "a number that begins with 0", text: "[01]", at: 2, expected: '"," or "]"' },
  { name: "a point without digits", text: "[1.]", at: 3, expected: "a digit" },
  { name: "a line end in a text", text: '["a\n"]', at: 3, expected: "no control character in a text" },
  { name: "an escape that is none", text: '["a\\line"]', at: 4, expected: 'what may follow "\\"' },
  { name: "a short escape", text: '["\\u00"]', at: 6, expected: "four hexadecimal digits" },
  { name: "a second graph", text: "{} {}", at: 3, expected: "the end" },
];
test.for(cases)("$name", ({ text, at, expected }) => {
  expect(jsonFault(text)).toEqual({ at, expected });
});

const messages = [
  {
    name: "cut off in a name",
    text: '{\n  "nodes": [\n    {"op": "nu',
    message:
      "The graph is not JSON: it breaks off after 29 bytes, at line 3, column 15, where the end of a text in quotes is expected. The file was probably cut short: copy it again.",
    byte: 29,
  },
  {
    name: "a page instead of the file",
    text: "<html>",
    message:
      'The graph is not JSON: byte 0 of 6, at line 1, column 1, is "<", expected a value. Was the file changed by hand, or is it no symbol.json?',
    byte: 0,
  },
  {
    name: "behind characters of several bytes and a byte order mark",
    text: '\uFEFF["\u00e9",\n!]',
    message:
      'The graph is not JSON: byte 10 of 12, at line 2, column 1, is "!", expected a value. Was the file changed by hand, or is it no symbol.json?',
    byte: 10,
  },
  { name: "nothing", text: "", message: "The graph is not JSON: it has 0 bytes. Copy the file again.", byte: 0 },
];
test.for(messages)("says how long the file is, where it is wrong and what to do: $name", ({ text, message, byte }) => {
  let thrown: unknown;
  try {
    readGraphRecord(text);
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(GraphError);
  expect(thrown).toMatchObject({ message, facts: { byte } });
});
