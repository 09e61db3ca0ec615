import { FormatError, float32Array } from "@mxgraft/base";
import { joinCheckpoint, readParams, splitCheckpoint, writeParams } from "@mxgraft/files";
import { expect, test } from "vitest";
import { bits } from "./arrays.ts";
import { fromBase64 } from "./case-values.ts";
import cases from "./cases/checkpoint.json" with { type: "json" };

test.for(cases)("$name: parts the arrays that MXNet saved, and writes the same file again", ({ params, tensors }) => {
  const split = splitCheckpoint(readParams(fromBase64(params)));
  const found = [
    ...Array.from(split.argParams, ([name, array]) => [`arg:${name}`, bits(array)] as const),
    ...Array.from(split.auxParams, ([name, array]) => [`aux:${name}`, bits(array)] as const),
  ];
  const expected = Object.entries(tensors).flatMap(([name, { shape, float32 }]) =>
    name.startsWith("state:") ? [] : [[name, { dtype: "float32", shape, bytes: [...fromBase64(float32)] }] as const],
  );
  expect(new Map<string, unknown>(found)).toEqual(new Map(expected));
  expect(Buffer.from(writeParams(joinCheckpoint(split))).toString("base64")).toBe(params);
});

test("a name that means something to JavaScript is a name like any other", () => {
  const argParams = new Map([["__proto__", float32Array([1], [7])]]);
  const file = readParams(writeParams(joinCheckpoint({ argParams, auxParams: new Map() })));
  expect(splitCheckpoint(file).argParams.get("__proto__")?.data).toEqual(Float32Array.of(7));
});

test("names without a prefix are refused, all of them named", () => {
  const file = readParams(
    writeParams(
      new Map([
        ["arg:a", float32Array([1])],
        ["weight", float32Array([1])],
        ["bias", float32Array([1])],
      ]),
    ),
  );
  expect(() => splitCheckpoint(file, { file: "x.params" })).toThrow(
    new FormatError(
      'x.params: 2 of 3 arrays lack the prefix "arg:" or "aux:" of a checkpoint: "weight", "bias". Read it with readParams() and name the arrays yourself.',
      { file: "x.params", actual: ['"weight"', '"bias"'] },
    ),
  );
});
