import { FormatError } from "@mxgraft/base";
import { readNpy, writeNpy } from "@mxgraft/files";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { arrays, bits } from "./arrays.ts";
import { fromBase64, numbers, plain } from "./case-values.ts";
import cases from "./cases/npy.json" with { type: "json" };

describe("files of NumPy", () => {
  test.for(cases)("$name", ({ bytes, dtype, shape, values }) => {
    expect(plain(readNpy(fromBase64(bytes)))).toEqual({ dtype, shape, values: numbers(values) });
  });

  // Version 1, little-endian, row-major: what we write.
  test.for(cases.filter(({ name }) => !/big-endian|Fortran|version/.test(name)))(
    "writes $name as NumPy does",
    ({ bytes }) => {
      expect(Buffer.from(writeNpy(readNpy(fromBase64(bytes)))).toString("base64")).toBe(bytes);
    },
  );
});

test("round trip of any array", () => {
  fc.assert(
    fc.property(arrays({ minSize: 0, minRank: 0 }), (array) => {
      expect(bits(readNpy(writeNpy(array)))).toEqual(bits(array));
    }),
    { seed: 6 },
  );
});

test.for(cases)("$name cut anywhere is an error", ({ bytes }) => {
  const whole = fromBase64(bytes);
  for (let length = 0; length < whole.length; length++) {
    expect(() => readNpy(whole.subarray(0, length))).toThrow(FormatError);
  }
});

function withHeader(header: string): Uint8Array {
  return Buffer.concat([
    Buffer.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, header.length, 0]),
    Buffer.from(header),
  ]);
}

test.for([
  { name: "Python objects", header: "{'descr': '|O', 'fortran_order': False, 'shape': (1,), }", part: 'type "|O"' },
  {
    name: "a type of NumPy's only",
    header: "{'descr': '<u4', 'fortran_order': False, 'shape': (1,), }",
    part: 'type "<u4"',
  },
  {
    name: "records",
    header: "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), }",
    part: "is not what NumPy writes",
  },
  {
    name: "code",
    header: "{'descr': exit(), 'fortran_order': False, 'shape': (1,), }",
    part: "is not what NumPy writes",
  },
  { name: "no shape", header: "{'descr': '<f4', 'fortran_order': False}", part: 'lacks "descr"' },
  {
    name: "a size below 0",
    header: "{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), }",
    part: "starts no size",
  },
  {
    name: "a huge shape",
    header: "{'descr': '<f4', 'fortran_order': False, 'shape': (9007199254740991, 9007199254740991), }",
    part: "bytes short",
  },
  { name: "no end", header: "{'descr': '<f4", part: "has no end" },
  {
    name: "more after the end",
    header: "{'descr': '<f4', 'fortran_order': False, 'shape': (1,)} x",
    part: "follows the end",
  },
])("refuses $name", ({ header, part }) => {
  const read = () => readNpy(withHeader(header), { file: "x.npy" });
  expect(read).toThrow(FormatError);
  expect(read).toThrow(part);
});
