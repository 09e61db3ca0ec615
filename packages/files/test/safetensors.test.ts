import { FormatError, hostArray, ValueError } from "@mxgraft/base";
import { readSafetensors, writeSafetensors } from "@mxgraft/files";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { arrays, bits } from "./arrays.ts";
import { fromBase64, plain } from "./case-values.ts";
import cases from "./cases/safetensors.json" with { type: "json" };

test.for(cases)("reads and writes the file of the $name", ({ bytes }) => {
  const { tensors, metadata } = readSafetensors(fromBase64(bytes));
  expect(new Map(Array.from(tensors, ([name, array]) => [name, plain(array)]))).toEqual(
    new Map([
      ["a", { dtype: "int64", shape: [1, 2], values: [1, 2] }],
      ["b", { dtype: "float32", shape: [3], values: [0, 1, 2] }],
      ["c", { dtype: "bool", shape: [2], values: [1, 0] }],
      ["h", { dtype: "float16", shape: [1], values: [0.5] }],
    ]),
  );
  expect([...metadata]).toEqual([["k", "v"]]);
  expect(Buffer.from(writeSafetensors(tensors, metadata)).toString("base64")).toBe(bytes);
});

test("round trip of any arrays under any names", () => {
  const name = fc.string({ unit: "binary-ascii" }).filter((text) => text !== "__metadata__");
  const names = fc.oneof(name, fc.constantFrom("__proto__", "constructor", "toString"));
  fc.assert(
    fc.property(fc.array(fc.tuple(names, arrays({ minSize: 0, minRank: 0 }))), (entries) => {
      const content = new Map(entries);
      const { tensors } = readSafetensors(writeSafetensors(content));
      expect(new Map(Array.from(tensors, ([key, array]) => [key, bits(array)]))).toEqual(
        new Map(Array.from(content, ([key, array]) => [key, bits(array)])),
      );
    }),
    { seed: 9 },
  );
});

function withHeader(header: string, elements = 0): Uint8Array {
  const bytes = Buffer.alloc(8 + header.length + elements);
  bytes.writeBigUInt64LE(BigInt(header.length));
  bytes.write(header, 8);
  return bytes;
}

describe("damaged files", () => {
  const tensor = (start: number, end: number, extra = "") =>
    `{"dtype":"F32","shape":[1],"data_offsets":[${start},${end}]${extra}}`;
  test.for([
    { name: "empty", bytes: new Uint8Array(0), part: "length of the header at byte 0 needs 8 bytes" },
    {
      name: "a header longer than the file",
      bytes: withHeader("{}").fill(9, 0, 1),
      part: "header at byte 8 needs 9 bytes",
    },
    { name: "a header of terabytes", bytes: withHeader("{}").fill(9, 0, 6), part: "expected at most 100000000" },
    { name: "no JSON", bytes: withHeader("{x}"), part: "header at byte 8 is no JSON" },
    { name: "a list", bytes: withHeader("[]"), part: "is no JSON object" },
    {
      name: "an unknown type",
      bytes: withHeader(`{"a":${tensor(0, 4)}}`.replace("F32", "BF16"), 4),
      part: 'tensor "a" has type "BF16"',
    },
    { name: "null for a tensor", bytes: withHeader('{"a":null}'), part: 'tensor "a" has type' },
    {
      name: "a negative size",
      bytes: withHeader('{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}', 4),
      part: "has no valid shape",
    },
    { name: "wrong offsets", bytes: withHeader(`{"a":${tensor(0, 8)}}`, 8), part: "takes 4 bytes" },
    { name: "beyond the end", bytes: withHeader(`{"a":${tensor(0, 4)}}`, 3), part: "the file ends 1 bytes short" },
    {
      name: "overlapping tensors",
      bytes: withHeader(`{"a":${tensor(0, 4)},"b":${tensor(0, 4)}}`, 4),
      part: "overlaps",
    },
    { name: "a gap", bytes: withHeader(`{"a":${tensor(4, 8)}}`, 8), part: "leaves a gap" },
    { name: "bytes of no tensor", bytes: withHeader(`{"a":${tensor(0, 4)}}`, 9), part: "belong to no tensor" },
    {
      name: "metadata that is no string",
      bytes: withHeader('{"__metadata__":{"k":1}}'),
      part: 'metadata "k" is no string',
    },
  ])("$name", ({ bytes, part }) => {
    const read = () => readSafetensors(bytes);
    expect(read).toThrow(FormatError);
    expect(read).toThrow(part);
  });

  test.for(cases)("cut anywhere is an error", ({ bytes }) => {
    const whole = fromBase64(bytes);
    for (let length = 0; length < whole.length; length++) {
      expect(() => readSafetensors(whole.subarray(0, length))).toThrow(FormatError);
    }
  });
});

test("refuses the name that the format reserves", () => {
  expect(() => writeSafetensors(new Map([["__metadata__", hostArray("bool", [1])]]))).toThrow(ValueError);
});
