import { FormatError, float32Array } from "@mxgraft/base";
import { readNpz, writeNpz } from "@mxgraft/files";
import fc from "fast-check";
import { expect, test } from "vitest";
import { arrays, bits } from "./arrays.ts";
import { fromBase64, plain } from "./case-values.ts";
import cases from "./cases/npz.json" with { type: "json" };

test.for(cases)("reads the arrays of numpy.$name", ({ bytes }) => {
  const found = Array.from(readNpz(fromBase64(bytes)), ([name, array]) => [name, plain(array)]);
  expect(found).toEqual([
    ["a", { dtype: "float32", shape: [30, 10], values: Array.from({ length: 300 }, (_, i) => i) }],
    ["weird name", { dtype: "int64", shape: [2], values: [1, 2] }],
    ["__proto__", { dtype: "bool", shape: [1], values: [1] }],
  ]);
});

test.for([{ compress: false }, { compress: true }])("round trip with %o", (options) => {
  const name = fc.string({ unit: "grapheme", maxLength: 20 }).filter((text) => !text.includes("\0"));
  fc.assert(
    fc.property(fc.array(fc.tuple(name, arrays({ minSize: 0, minRank: 0 }))), (entries) => {
      const content = new Map(entries);
      const again = readNpz(writeNpz(content, options));
      expect(new Map(Array.from(again, ([key, array]) => [key, bits(array)]))).toEqual(
        new Map(Array.from(content, ([key, array]) => [key, bits(array)])),
      );
    }),
    { seed: 7 },
  );
});

test.for(cases)("$name: cut anywhere, or with any byte of an array changed, is an error", ({ bytes }) => {
  const whole = fromBase64(bytes);
  for (let length = 0; length < whole.length; length += 3) {
    expect(() => readNpz(whole.subarray(0, length))).toThrow(FormatError);
  }
  for (let at = 60; at < 400; at += 7) {
    const damaged = Uint8Array.from(whole);
    damaged[at] = (damaged[at] ?? 0) ^ 0x10;
    expect(() => readNpz(damaged)).toThrow(FormatError);
  }
});

test("an archive that unpacks to more than allowed is refused before it is unpacked", () => {
  const bytes = writeNpz(new Map([["zeros", float32Array([1_000_000])]]), { compress: true });
  expect(() => readNpz(bytes, { file: "x.npz", maxBytes: 1_000_000 })).toThrow(
    "x.npz: unpacks to 4000128 bytes, more than the 1000000 allowed.",
  );
});

test("a member that claims more than its bytes can hold is refused", () => {
  const bytes = writeNpz(new Map([["a", float32Array([10])]]), { compress: true });
  const view = new DataView(bytes.buffer);
  for (let at = bytes.length - 46; at >= 0; at--) {
    if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, 2 ** 30, true);
  }
  expect(() => readNpz(bytes)).toThrow("cannot unpack to 1073741824");
});

test("a member with a 64-bit size, as NumPy writes from 2 GiB on, is refused by name", () => {
  const bytes = writeNpz(new Map([["a", float32Array([10])]]));
  const view = new DataView(bytes.buffer);
  for (let at = bytes.length - 46; at >= 0; at--) {
    if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, 0xffffffff, true);
  }
  expect(() => readNpz(bytes, { file: "x.npz" })).toThrow(
    'x.npz: "a.npy" has a 64-bit size (it is 2 GiB or larger), which is not supported. Save it alone as .npy.',
  );
});

test("members that share their bytes are refused", () => {
  const one = writeNpz(
    new Map([
      [
        "a",
        float32Array(
          [1000],
          Array.from({ length: 1000 }, (_, i) => Math.sqrt(i)),
        ),
      ],
    ]),
    { compress: true },
  );
  const start = one.findIndex((_, i) => one[i] === 0x50 && one[i + 1] === 0x4b && one[i + 2] === 1);
  const [member, entry, end] = [one.subarray(0, start), one.subarray(start, -22), one.subarray(-22)];
  const bytes = Uint8Array.of(...member, ...Array.from({ length: 20 }, () => [...entry]).flat(), ...end);
  const view = new DataView(bytes.buffer, bytes.length - 22);
  view.setUint16(10, 20, true);
  view.setUint32(12, 20 * entry.length, true);
  expect(() => readNpz(bytes)).toThrow(FormatError);
  expect(() => readNpz(bytes)).toThrow("they overlap");
});
