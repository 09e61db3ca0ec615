import { FormatError, float32Array, type HostArray, ShapeError, UsageError } from "@mxgraft/base";
import { isSparse, type OptimizerState, readStates, toDense, writeStates } from "@mxgraft/files";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { arrays, bits } from "./arrays.ts";
import { fromBase64, plain } from "./case-values.ts";
import checkpoints from "./cases/checkpoint.json" with { type: "json" };
import cases from "./cases/states.json" with { type: "json" };
import protocols from "./cases/states-protocols.json" with { type: "json" };

type Described = null | object | readonly Described[];

function describeState(state: OptimizerState): Described {
  if (state === null) return null;
  if ("length" in state) return state.map(describeState);
  return { stype: isSparse(state) ? state.stype : "default", ...plain(toDense(state)) };
}

/** The arrays of a state in order, however they are nested. */
function flatten(state: OptimizerState): HostArray[] {
  if (state === null) return [];
  return "length" in state ? state.flatMap(flatten) : [toDense(state)];
}

/** A pickle without the frame that Python puts after the two bytes of the protocol. */
function withoutFrame(bytes: Uint8Array): Buffer {
  return Buffer.concat([bytes.subarray(0, 2), bytes.subarray(11)]);
}

describe("files of a Module", () => {
  test.for(checkpoints)(
    "$name: reads the states that MXNet had, and writes the same file again",
    ({ states, tensors }) => {
      const file = readStates(fromBase64(states));
      const found = [...file.states].flatMap(([key, state]) =>
        flatten(state).map((array, i) => [`state:${key}:${i}`, bits(array)] as const),
      );
      const expected = Object.entries(tensors).flatMap(([name, { shape, float32 }]) =>
        name.startsWith("state:")
          ? [[name, { dtype: "float32", shape, bytes: [...fromBase64(float32)] }] as const]
          : [],
      );
      expect(new Map(found)).toEqual(new Map(expected));
      expect(Buffer.from(writeStates(file.states))).toEqual(withoutFrame(fromBase64(states)));
    },
  );
});

describe("states of MXNet 1.9.1's updaters", () => {
  test.for(cases)("$name", ({ bytes, states, optimizer }) => {
    const file = readStates(fromBase64(bytes));
    expect(Array.from(file.states, ([key, state]) => [key, describeState(state)])).toEqual(states);
    expect(file.optimizer?.className).toBe(optimizer?.className);
    expect(Object.fromEntries(file.optimizer?.attributes ?? [])).toEqual(optimizer?.attributes ?? {});
    if (optimizer === null) expect(Buffer.from(writeStates(file.states))).toEqual(withoutFrame(fromBase64(bytes)));
  });
});

test.for(protocols)("reads pickles of $name", ({ bytes }) => {
  const vector = (...values: number[]) => ({
    stype: "default",
    dtype: "float32",
    shape: [values.length],
    values: values.map(Math.fround),
  });
  const { states } = readStates(fromBase64(bytes));
  const found = new Map(Array.from(states, ([key, state]) => [key, describeState(state)]));
  expect(found).toEqual(
    new Map<number, Described>([
      [0, vector(1.5, -2, 0.1)],
      [1, null],
      [300, [vector(3), vector(92, 10)]],
      [-7, null],
      [100000, [null, vector(5)]],
    ]),
  );
});

test("round trip of any states", () => {
  const { state } = fc.letrec<{ state: OptimizerState }>((tie) => ({
    state: fc.oneof(
      { maxDepth: 3 },
      fc.constant(null),
      arrays({ minSize: 1, minRank: 1 }),
      fc.array(tie("state"), { maxLength: 5 }),
    ),
  }));
  const key = fc.oneof(fc.integer(), fc.string({ unit: "grapheme" }));
  const describeBits = (each: OptimizerState): Described =>
    each === null ? null : "length" in each ? each.map(describeBits) : bits(toDense(each));
  fc.assert(
    fc.property(fc.array(fc.tuple(key, state)), (entries) => {
      const states = new Map(entries);
      const again = readStates(writeStates(states)).states;
      expect(Array.from(again, ([k, s]) => [k, describeBits(s)])).toEqual(
        Array.from(states, ([k, s]) => [k, describeBits(s)]),
      );
    }),
    { seed: 4 },
  );
});

test("more states than Python puts under one mark", () => {
  const states = new Map(Array.from({ length: 2500 }, (_, i) => [i, float32Array([1], [i])]));
  expect([...readStates(writeStates(states)).states].map(([key, state]) => [key, flatten(state)[0]?.data[0]])).toEqual(
    Array.from({ length: 2500 }, (_, i) => [i, i]),
  );
});

describe("damaged and hostile files", () => {
  const pickle = (text: string) => new TextEncoder().encode(text);
  /** L0 = [None, ...], L1 = [L0, ...], ...: ten times as many values to visit with every line. */
  const laughs = `(lp0\n${"Na".repeat(10)}${Array.from({ length: 7 }, (_, i) => `(lp${i + 1}\n${`g${i}\na`.repeat(10)}`).join("")}`;

  test.for([
    { name: "empty", bytes: pickle(""), message: "instruction at byte 0 needs 1 byte; the file ends 1 byte short." },
    {
      name: "a call of os.system",
      bytes: pickle("cos\nsystem\n(S'true'\ntR."),
      message: 'pickle, before byte 11: it names "os.system", which no states file of MXNet needs; refused.',
    },
    {
      name: "eval by another name",
      bytes: pickle("c__builtin__\neval\n(S'1'\ntR."),
      message: 'pickle, before byte 18: it names "__builtin__.eval", which no states file of MXNet needs; refused.',
    },
    { name: "no dict", bytes: pickle("I5\n."), message: "is no dict of optimizer states." },
    {
      name: "a state that is a number",
      bytes: pickle("(dI0\nI5\ns."),
      message: "state of parameter 0 is a number, expected an NDArray, None or a tuple of these.",
    },
    {
      name: "an optimizer as a state",
      bytes: pickle("(dI0\ncmxnet.optimizer\nSGD\n)Rs."),
      message: "state of parameter 0 is mxnet.optimizer.SGD, expected an NDArray, None or a tuple of these.",
    },
    {
      name: "a key that is None",
      bytes: pickle("(dNNs."),
      message: "the key of a state is of type object, expected the index or the name of a parameter.",
    },
    {
      name: "a list that contains itself",
      bytes: pickle("(dI0\n(lp0\ng0\nas."),
      message: "state of parameter 0 is nested more than 8 deep.",
    },
    {
      name: "lists that grow when walked",
      bytes: pickle(`(dI0\n${laughs}s.`),
      message: undefined,
    },
    {
      name: "an instruction without operand",
      bytes: pickle("R."),
      message: "pickle, before byte 1: an instruction lacks its operand.",
    },
    {
      name: "millions of values",
      bytes: new Uint8Array(3_000_000).fill(0x7d),
      message: "pickle, before byte 2097153: it makes more than 2097152 values; refused.",
    },
    { name: "no mark", bytes: pickle("t."), message: "pickle, before byte 1: an instruction lacks its mark." },
    {
      name: "a value never stored",
      bytes: pickle("g7\n."),
      message: "pickle, before byte 3: it refers to value 7, which was not stored.",
    },
    {
      name: "an instruction that runs code",
      bytes: pickle("(ios\nsystem\n."),
      message: "byte 1 is 0x69, no pickle instruction that a states file uses.",
    },
    {
      name: "a string longer than the file",
      bytes: Uint8Array.of(0x80, 4, 0x58, 255, 255, 255, 255),
      message: "string at byte 7 needs 4294967295 bytes; the file ends 4294967295 bytes short.",
    },
    {
      // memo 0: the text, 1: "latin1", 2: the function; then calls of it.
      name: "one string made into bytes again and again",
      bytes: pickle(`(V${"x".repeat(80)}\np0\nVlatin1\np1\nc_codecs\nencode\np2\n${"g2\n(g0\ng1\ntR".repeat(9)}l.`),
      message: "pickle, before byte 152: it makes more than 226 bytes of its strings, as many as it has.",
    },
    {
      name: "a number of gigabytes",
      bytes: Uint8Array.of(0x80, 4, 0x8b, 255, 255, 255, 127),
      message: "pickle, before byte 7: a number has 2147483647 bytes, more than 64.",
    },
  ])("$name", ({ bytes, message }) => {
    const read = () => readStates(bytes, { file: "x.states" });
    expect(read).toThrow(FormatError);
    if (message !== undefined) expect(read).toThrow(`x.states: ${message}`);
  });

  test("objects that share the bytes of one array share the array", () => {
    const { states } = readStates(writeStates(new Map([[0, float32Array([2], [1, 2])]])));
    const bytes = writeStates(new Map([[0, float32Array([2], [1, 2])]]));
    expect([...states.keys()]).toEqual([0]);
    const blob = bytes.subarray(bytes.findIndex((byte, i) => byte === 0xc9 && bytes[i + 1] === 0xfa));
    const array = blob.subarray(0, 40);
    const state = [0x7d, 0x8c, 6, ...pickle("handle"), 0x43, array.length, ...array, 0x73, 0x71, 0, 0x30];
    const type = [0x63, ...pickle("mxnet.ndarray.ndarray\nNDArray\n"), 0x71, 1, 0x30];
    const object = [0x68, 1, 0x29, 0x81, 0x68, 0, 0x62];
    const file = Uint8Array.of(0x80, 4, ...state, ...type, 0x7d, 0x4b, 0, ...object, ...object, 0x86, 0x73, 0x2e);
    const pair = readStates(file).states.get(0);
    if (!Array.isArray(pair)) throw new Error("no pair");
    expect(pair[0]).toMatchObject({ shape: [2], data: Float32Array.of(1, 2) });
    expect(pair[1]).toBe(pair[0]);
  });

  const files = [...checkpoints.map(({ states }) => states), ...protocols.map(({ bytes }) => bytes)].map(fromBase64);

  test("a file cut anywhere is an error", () => {
    for (const whole of files) {
      for (let length = 0; length < whole.length; length += whole.length > 2000 ? 13 : 1) {
        expect(() => readStates(whole.subarray(0, length))).toThrow(FormatError);
      }
    }
  });

  test("any change of one byte is an error or a file, and never anything else", () => {
    fc.assert(
      fc.property(fc.constantFrom(...files), fc.nat(), fc.integer({ min: 1, max: 255 }), (bytes, position, change) => {
        const damaged = Uint8Array.from(bytes);
        const at = position % damaged.length;
        damaged[at] = (damaged[at] ?? 0) ^ change;
        try {
          readStates(damaged);
        } catch (error) {
          expect(error).toBeInstanceOf(FormatError);
        }
      }),
      { seed: 5, numRuns: 2000 },
    );
  });
});

test.for([
  { name: "an index beyond 32 bits", states: new Map([[2 ** 32, null]]), error: UsageError },
  { name: "a scalar", states: new Map([[0, float32Array([], [1])]]), error: ShapeError },
])("refuses to write $name", ({ states, error }) => {
  expect(() => writeStates(states)).toThrow(error);
});
