import { gzipSync } from "node:zlib";
import { DTypeError, FormatError, hostArray, ShapeError } from "@mxgraft/base";
import { readIdx, writeIdx } from "@mxgraft/files";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { arrays, bits } from "./arrays.ts";
import { plain } from "./case-values.ts";

// Written by hand from the description of the format on MNIST's page.
const LABELS = Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 3, 7, 2, 1);
const IMAGES = Uint8Array.of(0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 2, 0, 128, 255, 1);

describe("reads", () => {
  test.for([
    { name: "labels", bytes: LABELS, expected: { dtype: "uint8", shape: [3], values: [7, 2, 1] } },
    { name: "images", bytes: IMAGES, expected: { dtype: "uint8", shape: [1, 2, 2], values: [0, 128, 255, 1] } },
    {
      name: "packed images",
      bytes: gzipSync(IMAGES),
      expected: { dtype: "uint8", shape: [1, 2, 2], values: [0, 128, 255, 1] },
    },
    {
      name: "int8",
      bytes: Uint8Array.of(0, 0, 9, 1, 0, 0, 0, 1, 255),
      expected: { dtype: "int8", shape: [1], values: [-1] },
    },
    {
      name: "16-bit integers as int32",
      bytes: Uint8Array.of(0, 0, 0x0b, 1, 0, 0, 0, 2, 0xff, 0xfe, 1, 2),
      expected: { dtype: "int32", shape: [2], values: [-2, 258] },
    },
    {
      name: "int32",
      bytes: Uint8Array.of(0, 0, 0x0c, 1, 0, 0, 0, 1, 0xff, 0xff, 0xff, 0xfd),
      expected: { dtype: "int32", shape: [1], values: [-3] },
    },
    {
      name: "float32",
      bytes: Uint8Array.of(0, 0, 0x0d, 1, 0, 0, 0, 1, 0x3f, 0xc0, 0, 0),
      expected: { dtype: "float32", shape: [1], values: [1.5] },
    },
    {
      name: "float64",
      bytes: Uint8Array.of(0, 0, 0x0e, 1, 0, 0, 0, 1, 0xc0, 0, 0, 0, 0, 0, 0, 0),
      expected: { dtype: "float64", shape: [1], values: [-2] },
    },
  ])("$name", ({ bytes, expected }) => {
    expect(plain(readIdx(bytes))).toEqual(expected);
  });
});

test("writes what the format's description says", () => {
  expect(writeIdx(hostArray("uint8", [1, 2, 2], Uint8Array.of(0, 128, 255, 1)))).toEqual(IMAGES);
});

test("round trip, packed and not", () => {
  const held = arrays({ minSize: 0, minRank: 1 }).filter(({ dtype }) => !["float16", "int64", "bool"].includes(dtype));
  fc.assert(
    fc.property(held, (array) => {
      const bytes = writeIdx(array);
      expect(bits(readIdx(bytes))).toEqual(bits(array));
      expect(bits(readIdx(gzipSync(bytes)))).toEqual(bits(array));
    }),
    { seed: 8 },
  );
});

describe("damaged files", () => {
  const zeros = gzipSync(writeIdx(hostArray("uint8", [100_000])));
  const wrongChecksum = Uint8Array.from(gzipSync(IMAGES));
  wrongChecksum[wrongChecksum.length - 8] = (wrongChecksum[wrongChecksum.length - 8] ?? 0) ^ 1;

  test.for([
    { name: "empty", bytes: new Uint8Array(0), message: "x.gz: is empty, expected an idx file such as MNIST's." },
    {
      name: "another format",
      bytes: new TextEncoder().encode("label,pixel0"),
      message:
        "x.gz: starts with 0x6c616265 at byte 0, expected an idx header: 0x00000803 for MNIST's images, 0x00000801 for its labels.",
    },
    {
      name: "truncated",
      bytes: IMAGES.subarray(0, 18),
      message: "x.gz: elements at byte 16 take 4 bytes for shape (1, 2, 2); the file ends 2 bytes short.",
    },
    {
      name: "too long",
      bytes: Uint8Array.of(...LABELS, 5),
      message: "x.gz: elements at byte 8 take 3 bytes for shape (3,); the file has 1 bytes too many.",
    },
    {
      name: "truncated when unpacked",
      bytes: gzipSync(LABELS.subarray(0, 10)),
      message: "x.gz: elements at byte 8 take 3 bytes for shape (3,); the file ends 1 bytes short.",
    },
    {
      name: "truncated gzip",
      bytes: gzipSync(IMAGES).subarray(0, 25),
      message: /^x\.gz: damaged gzip after \d+ unpacked bytes \(unexpected EOF\)\. Fetch the file again\.$/,
    },
    {
      name: "wrong checksum",
      bytes: wrongChecksum,
      message: /^x\.gz: damaged gzip: checksum or length at byte \d+ do not fit/,
    },
    { name: "gzip larger than allowed", bytes: zeros, message: "x.gz: unpacks to more than the 50000 bytes allowed." },
  ])("$name", ({ bytes, message }) => {
    const read = () => readIdx(bytes, { file: "x.gz", maxBytes: 50_000 });
    expect(read).toThrow(FormatError);
    expect(read).toThrow(message);
  });

  test.for([
    { name: "labels", whole: LABELS },
    { name: "images", whole: IMAGES },
    { name: "packed images", whole: Uint8Array.from(gzipSync(IMAGES)) },
  ])("$name cut anywhere is an error", ({ whole }) => {
    for (let length = 0; length < whole.length; length++) {
      expect(() => readIdx(whole.subarray(0, length))).toThrow(FormatError);
    }
  });
});

test.for([
  { name: "int64", array: hostArray("int64", [1]), error: DTypeError },
  { name: "a scalar", array: hostArray("uint8", []), error: ShapeError },
])("refuses to write $name", ({ array, error }) => {
  expect(() => writeIdx(array)).toThrow(error);
});
