import {
  FormatError,
  float32Array,
  type HostArray,
  hostArray,
  ShapeError,
  UsageError,
  ValueError,
} from "@mxgraft/base";
import { arraysByName, isSparse, readParams, type StoredArray, toDense, writeParams } from "@mxgraft/files";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { arrays, bits } from "./arrays.ts";
import { fromBase64, numbers, plain } from "./case-values.ts";
import corrupt from "./cases/corrupt-params.json" with { type: "json" };
import cases from "./cases/params.json" with { type: "json" };

type Numbers = readonly (number | string)[];

/** Cases are unions of literal types; this is what every array of one has. */
interface ArrayCase {
  readonly name: string | null;
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly stype: string;
  readonly values: Numbers;
  readonly data?: Numbers;
  readonly indices?: Numbers;
  readonly indptr?: Numbers;
}

function describeArray(array: StoredArray) {
  const parts = !isSparse(array)
    ? {}
    : {
        data: plain(array.data).values,
        indices: plain(array.indices).values,
        ...(array.stype === "csr" ? { indptr: plain(array.indptr).values } : {}),
      };
  return { stype: isSparse(array) ? array.stype : "default", ...plain(toDense(array)), ...parts };
}

function expectedArray({ name: _, ...array }: ArrayCase) {
  const parts = Object.entries({ data: array.data, indices: array.indices, indptr: array.indptr });
  const given = parts.flatMap(([key, values]) => (values === undefined ? [] : [[key, numbers(values)]]));
  return { ...array, values: numbers(array.values), ...Object.fromEntries(given) };
}

describe("reads what MXNet 1.9.1 reads", () => {
  test.for(cases)("$name: $description", ({ bytes, arrays: expected }) => {
    const file = readParams(fromBase64(bytes));
    const named = arraysByName(file);
    const found = named.size > 0 ? [...named] : file.entries.map(({ array }) => [null, array] as const);
    expect(found.map(([name]) => name)).toEqual(expected.map(({ name }) => name));
    expect(found.map(([, array]) => describeArray(array))).toEqual(expected.map(expectedArray));
  });
});

describe("writes what MXNet 1.9.1 writes, to the byte", () => {
  // The others were not written by it (old formats, bytes after the end), lay on a GPU, or give a wrong number of rows.
  const others = ["v0", "v0_v1_v2_mixed", "v1", "gpu_context", "reserved_not_zero", "trailing_bytes", "row_sparse"];
  test.for(cases.filter(({ name }) => !others.includes(name)))("$name", ({ name, bytes }) => {
    const { entries } = readParams(fromBase64(bytes));
    const again = writeParams(entries, { numpyShape: name === "np_shape" });
    expect(Buffer.from(again).toString("base64")).toBe(bytes);
  });
});

describe("damaged files", () => {
  test.for(corrupt)("$name: $expected (MXNet: $mxnet)", ({ bytes, expected }) => {
    const read = () => readParams(fromBase64(bytes));
    if (expected === "error") expect(read).toThrow(FormatError);
    else expect(read().entries.length).toBeGreaterThan(0);
  });

  test.for(cases)("$name cut anywhere is an error or the same arrays", ({ bytes }) => {
    const whole = fromBase64(bytes);
    const expected = readParams(whole).entries.map(({ array }) => describeArray(array));
    for (let length = 0; length < whole.length; length++) {
      try {
        const { entries } = readParams(whole.subarray(0, length));
        expect(entries.map(({ array }) => describeArray(array))).toEqual(expected);
      } catch (error) {
        expect(error).toBeInstanceOf(FormatError);
      }
    }
  });

  test("any change of one byte is an error or a file, and never anything else", () => {
    const whole = cases.map(({ bytes }) => fromBase64(bytes));
    fc.assert(
      fc.property(fc.constantFrom(...whole), fc.nat(), fc.integer({ min: 1, max: 255 }), (bytes, position, change) => {
        const damaged = Uint8Array.from(bytes);
        const at = position % damaged.length;
        damaged[at] = (damaged[at] ?? 0) ^ change;
        try {
          readParams(damaged);
        } catch (error) {
          expect(error).toBeInstanceOf(FormatError);
        }
      }),
      { seed: 1, numRuns: 3000 },
    );
  });

  const weight = writeParams(new Map([["arg:fc1_weight", float32Array([5, 8])]]));
  const csr = fromBase64(corrupt.find(({ name }) => name === "csr_index_out_of_range")?.bytes ?? "");
  test.for([
    {
      name: "cut in the elements",
      bytes: weight.subarray(0, 100),
      message:
        "lenet-0010.params: array 0 of 1 at byte 24 needs 160 bytes (5 x 8 float32); the file ends 124 bytes short.",
      byte: 64,
    },
    {
      name: "empty",
      bytes: new Uint8Array(0),
      message: "lenet-0010.params: is empty, expected a list of arrays as mx.nd.save writes it.",
      byte: 0,
    },
    {
      name: "another format",
      bytes: new TextEncoder().encode("PK\x03\x04 no array"),
      message:
        "lenet-0010.params: starts with 0x206f6e2004034b50, expected 0x112, the magic number of a list of MXNet arrays.",
      byte: 0,
    },
    {
      name: "millions of arrays",
      bytes: Uint8Array.from(weight.subarray(0, 24)).fill(1, 16, 20),
      message: "lenet-0010.params: byte 16 announces 16843009 arrays, expected at most 1048576.",
      byte: 16,
    },
    {
      name: "cut in a name",
      bytes: weight.subarray(0, weight.length - 3),
      message: "lenet-0010.params: name of array 0 at byte 240 needs 14 bytes; the file ends 3 bytes short.",
      byte: 240,
    },
    {
      name: "sparse index",
      bytes: csr,
      message:
        'lenet-0010.params: array "x" at byte 24: index 1000000 of element 5 is out of range: shape (4, 5) has 5 columns.',
      byte: 24,
    },
  ])("message: $name", ({ bytes, message, byte }) => {
    const read = () => readParams(bytes, { file: "lenet-0010.params" });
    expect(read).toThrow(
      expect.objectContaining({ message, facts: expect.objectContaining({ byte, file: "lenet-0010.params" }) }),
    );
  });
});

describe("round trip", () => {
  const names = fc.string({ unit: "grapheme" }).filter((name) => !name.includes("\0"));

  test("of any arrays under any names", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(names, arrays({ minSize: 1, minRank: 1 }))), (content) => {
        const entries = content.map(([name, array]) => ({ name, array }));
        const again = readParams(writeParams(entries)).entries;
        expect(again.map(({ name, array }) => [name, isSparse(array) ? array : bits(array)])).toEqual(
          content.map(([name, array]) => [name, bits(array)]),
        );
      }),
      { seed: 2 },
    );
  });

  test("of scalars and arrays without elements under NumPy's shapes", () => {
    fc.assert(
      fc.property(arrays({ minSize: 0, minRank: 0 }), (array) => {
        const [entry] = readParams(writeParams([{ array }], { numpyShape: true })).entries;
        expect(entry && !isSparse(entry.array) ? bits(entry.array) : entry).toEqual(bits(array));
      }),
      { seed: 3 },
    );
  });

  test("from a view into other memory, of which nothing is kept", () => {
    const file = writeParams(new Map([["a", float32Array([2], [1, 2])]]));
    const memory = Buffer.concat([Buffer.alloc(3), file, Buffer.alloc(5)]);
    const { entries } = readParams(memory.subarray(3, 3 + file.length));
    memory.fill(255);
    expect(entries.map(({ array }) => describeArray(array).values)).toEqual([[1, 2]]);
  });
});

describe("refuses to write", () => {
  test.for([
    { name: "a scalar", content: [{ array: hostArray("float32", []) }], error: ShapeError },
    { name: "no elements", content: [{ array: hostArray("float32", [0, 3]) }], error: ShapeError },
    { name: "a name with NUL", content: [{ name: "a\0b", array: float32Array([1]) }], error: ValueError },
    { name: "half a surrogate pair", content: [{ name: "\ud800", array: float32Array([1]) }], error: ValueError },
    {
      name: "some names",
      content: [{ name: "a", array: float32Array([1]) }, { array: float32Array([1]) }],
      error: UsageError,
    },
  ])("$name", ({ content, error }) => {
    expect(() => writeParams(content)).toThrow(error);
  });
});

test("a sparse array that stands for more memory than allowed is not made dense", () => {
  const shape = [2 ** 30, 2 ** 20];
  const indices = hostArray("int64", [0]);
  const data = hostArray("float32", [0, 2 ** 20]);
  expect(() => toDense({ stype: "row_sparse", dtype: "float32", shape, data, indices })).toThrow(ValueError);
});

test("shared: arrays are the file's own bytes where their type allows it, with the same values", () => {
  const content = new Map<string, HostArray>([
    ["a", float32Array([2], [1, 2])],
    ["odd", hostArray("uint8", [3], Uint8Array.of(1, 2, 3))],
    ["b", float32Array([2], [3, 4])],
    ["c", hostArray("bool", [1], Uint8Array.of(1))],
  ]);
  const bytes = writeParams(content);
  const arrays = arraysByName(readParams(bytes, { shared: true }));
  for (const [name, array] of content) expect(arrays.get(name)).toEqual(array);
  const isShared = (name: string) => {
    const array = arrays.get(name);
    return array !== undefined && "data" in array && !("stype" in array) && array.data.buffer === bytes.buffer;
  };
  // After three bytes "b" does not lie on a multiple of four.
  expect(["a", "odd", "b", "c"].map(isShared)).toEqual([true, true, false, false]);
  expect(arraysByName(readParams(bytes)).get("a")).toEqual(content.get("a"));
});
