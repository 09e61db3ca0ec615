import * as fc from "fast-check";
import { HUGE } from "./crafted-inputs.ts";
import type { Reader } from "./readers.ts";

/** Positions are numbers of any size, brought into the file by their remainder. */
type Mutation =
  | { readonly kind: "flip"; readonly at: number; readonly bit: number }
  | { readonly kind: "set"; readonly at: number; readonly value: number }
  | { readonly kind: "number"; readonly at: number; readonly size: 2 | 4 | 8; readonly value: bigint }
  | { readonly kind: "cut"; readonly at: number }
  | { readonly kind: "remove"; readonly at: number; readonly count: number }
  | { readonly kind: "repeat"; readonly at: number; readonly count: number; readonly times: number }
  | { readonly kind: "insert"; readonly at: number; readonly bytes: Uint8Array }
  | { readonly kind: "word"; readonly at: number; readonly word: string };

const NUMBERS = [0n, 1n, 2n, 3n, 7n, 32n, 33n, 255n, 256n, 65535n, 2n ** 20n, 2n ** 24n, ...HUGE];

/** What takes the place of a word in a header or graph. */
const WORDS = [
  ...["null", "true", "{}", "[]", "0", "1", "-1", "2", "0.5", "1e308", "-0", "9007199254740993", "4294967296"],
  ...[
    '""',
    '"__proto__"',
    '"constructor"',
    '"hasOwnProperty"',
    '"-1"',
    '"4294967296"',
    '"9007199254740993"',
    '"1e400"',
  ],
  ...[
    '"nan"',
    '"None"',
    '"True"',
    '"()"',
    '"(1,"',
    '"(4294967296, 4294967296)"',
    '"(0, -1, -2, -3, -4)"',
    '"(-1, -1)"',
  ],
  ...['"Custom"', '"SliceChannel"', '"Concat"', '"RNN"', '"null"', '"Reshape"', '"BatchNorm"', '"Deconvolution"'],
  ...[
    '"num_outputs"',
    '"num_args"',
    '"shape"',
    '"axis"',
    '"op_type"',
    '"__shape__"',
    '"data"',
    '"\\ud800"',
    '"\\u0000"',
  ],
  ...[
    "[".repeat(100),
    "{",
    "}",
    "]",
    ",",
    ":",
    '"',
    "(",
    "'<f4'",
    "'|O'",
    "False",
    "1, 1, 1",
    "٣",
    "[[0, 0, 0], [0, 0, 0]]",
  ],
] as const;

const position = fc.nat({ max: 2 ** 24 });

const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.record({ kind: fc.constant("flip" as const), at: position, bit: fc.nat({ max: 7 }) }),
  fc.record({ kind: fc.constant("set" as const), at: position, value: fc.constantFrom(0, 1, 127, 128, 254, 255) }),
  fc.record({
    kind: fc.constant("number" as const),
    at: position,
    size: fc.constantFrom(2 as const, 4 as const, 8 as const),
    value: fc.constantFrom(...NUMBERS),
  }),
  fc.record({ kind: fc.constant("cut" as const), at: position }),
  fc.record({ kind: fc.constant("remove" as const), at: position, count: fc.integer({ min: 1, max: 64 }) }),
  fc.record({
    kind: fc.constant("repeat" as const),
    at: position,
    count: fc.integer({ min: 1, max: 64 }),
    times: fc.integer({ min: 1, max: 200 }),
  }),
  fc.record({
    kind: fc.constant("insert" as const),
    at: position,
    bytes: fc.uint8Array({ minLength: 1, maxLength: 16 }),
  }),
  fc.record({ kind: fc.constant("word" as const), at: position, word: fc.constantFrom(...WORDS) }),
);

function littleEndian(value: bigint, size: number): number[] {
  return Array.from({ length: size }, (_, i) => Number((value >> BigInt(8 * i)) & 255n));
}

function replaced(bytes: Uint8Array, start: number, end: number, content: ArrayLike<number>): Uint8Array {
  const result = new Uint8Array(start + content.length + bytes.length - end);
  result.set(bytes.subarray(0, start));
  result.set(content, start);
  result.set(bytes.subarray(end), start + content.length);
  return result;
}

function withWord(bytes: Uint8Array, at: number, word: string, reader: Reader): Uint8Array {
  const part = reader.text?.(bytes);
  if (part === undefined || part.end > bytes.length || part.start > part.end) return bytes;
  const text = new TextDecoder("latin1").decode(bytes.subarray(part.start, part.end));
  const words = [...text.matchAll(/"(?:[^"\\]|\\.)*"|'[^']*'|[-\w.]+|[^\s]/g)];
  const chosen = words[at % Math.max(words.length, 1)];
  if (chosen === undefined) return bytes;
  const content = new TextEncoder().encode(word);
  const start = part.start + chosen.index;
  const changed = replaced(bytes, start, start + chosen[0].length, content);
  part.fix?.(changed, part.end - part.start + content.length - chosen[0].length);
  return changed;
}

function mutated(bytes: Uint8Array, change: Mutation, reader: Reader): Uint8Array {
  if (bytes.length === 0) return bytes;
  const at = change.at % bytes.length;
  switch (change.kind) {
    case "flip":
      return replaced(bytes, at, at + 1, [(bytes[at] ?? 0) ^ (1 << change.bit)]);
    case "set":
      return replaced(bytes, at, at + 1, [change.value]);
    case "number": {
      const start = Math.max(0, Math.min(at, bytes.length - change.size));
      const content = littleEndian(change.value, change.size).slice(0, bytes.length - start);
      return replaced(bytes, start, start + content.length, content);
    }
    case "cut":
      return bytes.slice(0, at);
    case "remove":
      return replaced(bytes, at, Math.min(at + change.count, bytes.length), []);
    case "repeat": {
      const piece = bytes.subarray(at, at + change.count);
      return replaced(bytes, at, at, Array.from({ length: change.times }, () => [...piece]).flat());
    }
    case "insert":
      return replaced(bytes, at, at, change.bytes);
    case "word":
      return withWord(bytes, change.at, change.word, reader);
    default:
      return change satisfies never;
  }
}

/** Good files with one to six changes each. */
export function mutatedInputs(reader: Reader): fc.Arbitrary<Uint8Array> {
  return fc
    .record({ seed: fc.constantFrom(...reader.seeds), changes: fc.array(mutation, { minLength: 1, maxLength: 6 }) })
    .map(({ seed, changes }) => changes.reduce((bytes, change) => mutated(bytes, change, reader), seed));
}

/** A file cut at every offset, and with every byte changed in three ways. */
export function* exhaustiveInputs(seed: Uint8Array): Generator<Uint8Array, void> {
  for (let at = 0; at < seed.length; at++) {
    yield seed.slice(0, at);
    const byte = seed[at] ?? 0;
    for (const value of [byte ^ 0x80, byte ^ 1, 0xff]) yield replaced(seed, at, at + 1, [value]);
  }
}
