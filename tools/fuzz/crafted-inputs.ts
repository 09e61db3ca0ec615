import { deflateRawSync } from "node:zlib";
import { crc32 } from "@mxgraft/files";

const utf8 = (text: string) => new TextEncoder().encode(text);
type Part = number | readonly number[] | Uint8Array;

function bytes(...parts: readonly Part[]): Uint8Array {
  const joined = new Uint8Array(
    parts.reduce<number>((sum, part) => sum + (typeof part === "number" ? 1 : part.length), 0),
  );
  let at = 0;
  for (const part of parts) {
    if (typeof part === "number") joined[at++] = part;
    else {
      joined.set(part, at);
      at += part.length;
    }
  }
  return joined;
}

function repeated(count: number, ...parts: readonly Part[]): Uint8Array {
  const piece = bytes(...parts);
  const joined = new Uint8Array(count * piece.length);
  for (let i = 0; i < count; i++) joined.set(piece, i * piece.length);
  return joined;
}

function little(value: bigint, size: number): number[] {
  return Array.from({ length: size }, (_, i) => Number((value >> BigInt(8 * i)) & 255n));
}
const u16 = (value: number) => little(BigInt(value), 2);
const u32 = (value: number) => little(BigInt(value), 4);
const u64 = (value: number | bigint) => little(BigInt(value), 8);

/** Numbers that overflow something: 32 bits, 53 bits, 63 bits, or their product does. */
export const HUGE = [
  2n ** 31n - 1n,
  2n ** 31n,
  2n ** 32n - 1n,
  2n ** 32n,
  2n ** 53n,
  2n ** 62n,
  2n ** 63n - 1n,
  2n ** 64n - 1n,
];

const LIST = [...u64(0x112), ...u64(0)];
const V2 = u32(0xf993fac9);
const DEVICE = [1, 0, 0, 0, 0, 0, 0, 0];

const nested = (depth: number, open: string, close: string, middle = "") =>
  open.repeat(depth) + middle + close.repeat(depth);

const graph = (nodes: readonly unknown[], heads: unknown = [[nodes.length - 1, 0, 0]]) =>
  utf8(JSON.stringify({ nodes, arg_nodes: [], heads, attrs: { mxnet_version: ["int", 10901] } }));
const data = { op: "null", name: "data", inputs: [] };
const node = (op: string, attrs: Record<string, string>, inputs = [[0, 0, 0]]) =>
  graph([data, { op, name: "n", attrs, inputs }]);

/** Attributes that ask for more than any memory holds. */
const greedy = [
  ...["2147483647", "4294967296", "1000000000", "9007199254740993", "1e308", "-1", "nan", "inf", ""].flatMap(
    (count) => [
      node("SliceChannel", { num_outputs: count }),
      node("Concat", { num_args: count }),
      node("add_n", { num_args: count }),
      node("RNN", { state_size: count, num_layers: count, mode: "lstm" }),
      node("Convolution", {
        kernel: `(${count}, ${count})`,
        num_filter: count,
        num_group: count,
        pad: `(${count}, 0)`,
      }),
      node("Deconvolution", { kernel: "(3, 3)", num_filter: count, adj: `(${count}, ${count})` }),
      node("Pooling", { kernel: `(${count}, ${count})`, pool_type: "max", stride: `(${count}, 0)` }),
      node("Reshape", { shape: `(${count}, -4, ${count})` }),
      node("tile", { reps: `(${count}, ${count})` }),
      node("one_hot", { depth: count }),
      node("_zeros", { shape: `(${count}, ${count})` }, []),
      node("_arange", { start: "0", stop: count, step: "1e-300" }, []),
      node("UpSampling", { scale: count, num_args: count, sample_type: "nearest" }),
      node("Embedding", { input_dim: count, output_dim: count }),
      node("Custom", { op_type: "centerloss", num_class: count, batchsize: count }),
      node("Custom", { op_type: "unknown", num_outputs: count }),
      node("stack", { axis: count, num_args: count }),
      node("split_v2", { indices: `(${count},)`, sections: count }),
      node("Crop", { num_args: count, h_w: `(${count}, ${count})` }),
      node("_contrib_MultiBoxPrior", { sizes: nested(3000, "(", ")", count) }),
    ],
  ),
];

const chain = (length: number) =>
  graph([data, ...Array.from({ length }, (_, i) => ({ op: "relu", name: `r${i}`, inputs: [[i, 0, 0]] }))]);
/** Every node twice the input of the next: a tree of 2^length leaves for whoever walks it as one. */
const doubling = (length: number) =>
  graph([
    data,
    ...Array.from({ length }, (_, i) => ({
      op: "elemwise_add",
      name: `a${i}`,
      inputs: [
        [i, 0, 0],
        [i, 0, 0],
      ],
    })),
  ]);

const header = (text: string) => bytes(u64(utf8(text).length), utf8(text));
const npy = (text: string) => bytes(0x93, utf8("NUMPY"), 1, 0, u16(text.length), utf8(text));

const pickle = (...parts: readonly Part[]) => bytes(0x80, 4, ...parts, 0x2e);
const MARK = 0x28;
const LIST_OF = 0x6c;

/** One string, made into bytes again and again: `_codecs.encode(text, "latin1")`. */
function manyCopies(length: number, count: number): Uint8Array {
  const text = bytes(0x58, u32(length), utf8("x".repeat(length)), 0x94, 0x30);
  const code = bytes(0x8c, 6, utf8("latin1"), 0x94, 0x30);
  const encode = bytes(0x63, utf8("_codecs\nencode\n"), 0x94, 0x30);
  const call = bytes(0x68, 2, 0x68, 0, 0x68, 1, 0x86, 0x52);
  return pickle(text, code, encode, MARK, repeated(count, call), LIST_OF);
}

/** One array's bytes, given to many objects. */
function manyObjects(length: number, count: number): Uint8Array {
  const blob = bytes(V2, u32(0), u32(1), u64(length), DEVICE, u32(3), new Uint8Array(length));
  const dict = bytes(0x7d, 0x8c, 6, utf8("handle"), 0x42, u32(blob.length), blob, 0x73, 0x94, 0x30);
  const name = bytes(0x63, utf8("mxnet.ndarray.ndarray\nNDArray\n"), 0x94, 0x30);
  const object = bytes(0x68, 1, 0x29, 0x81, 0x68, 0, 0x62);
  return pickle(dict, name, 0x7d, 0x4b, 0, MARK, repeated(count, object), 0x74, 0x73);
}

/** A zip archive whose members are all the same packed bytes: zeros, a thousand times as many when unpacked. */
function overlapping(members: number, unpacked: number): Uint8Array {
  const content = new Uint8Array(unpacked);
  const zeros = deflateRawSync(content, { level: 9 });
  const crc = u32(crc32(content));
  const local = bytes(
    u32(0x04034b50),
    u16(20),
    u16(0),
    u16(8),
    u32(0),
    crc,
    u32(zeros.length),
    u32(unpacked),
    u16(1),
    u16(0),
    0x61,
    zeros,
  );
  const entry = bytes(
    ...[u32(0x02014b50), u16(20), u16(20), u16(0), u16(8), u32(0), crc, u32(zeros.length), u32(unpacked)],
    ...[u16(1), u16(0), u16(0), u16(0), u16(0), u32(0), u32(0), 0x61],
  );
  const directory = bytes(repeated(members, entry));
  const end = bytes(
    u32(0x06054b50),
    u16(0),
    u16(0),
    u16(members),
    u16(members),
    u32(directory.length),
    u32(local.length),
    u16(0),
  );
  return bytes(local, directory, end);
}

/** Files made by hand to do harm, by reader. */
export const craftedInputs = {
  params: [
    ...HUGE.flatMap((size) => [
      bytes(LIST, u64(size)),
      bytes(LIST, u64(1), V2, u32(0), u32(1), u64(size), DEVICE, u32(0)),
      bytes(LIST, u64(1), V2, u32(0), u32(3), u64(size), u64(size), u64(size), DEVICE, u32(0)),
      bytes(LIST, u64(1), V2, u32(0), u32(2), u64(0), u64(size), DEVICE, u32(0), u64(0)),
      bytes(LIST, u64(1), V2, u32(1), u32(1), u64(size), u32(1), u64(size), DEVICE, u32(0), u32(6), u32(1), u64(size)),
      bytes(LIST, u64(0), u64(size)),
      bytes(LIST, u64(1), V2, u32(0), u32(1), u64(1), DEVICE, u32(3), 0, u64(1), u64(size)),
    ]),
    bytes(LIST, u64(1), V2, u32(0), u32(2 ** 31)),
    bytes(LIST, u64(50_000), repeated(50_000, u32(1), u32(0), DEVICE, u32(3)), u64(0)),
    bytes(LIST, u64(1), V2, u32(0), u32(1), u64(1), DEVICE, u32(3), 0, u64(1), u64(9), utf8("__proto__")),
  ],
  symbol: [
    ...greedy,
    ...[63, 64, 65, 1e5, 1e6].map((depth) => utf8(nested(depth, "[", "]"))),
    utf8(nested(1e5, '{"nodes":', "}")),
    chain(2_000),
    doubling(60),
    utf8('{"__proto__": {"nodes": [], "heads": []}, "nodes": [], "heads": [[0, 0]]}'),
    utf8(
      '{"nodes": [{"op": "null", "name": "__proto__", "inputs": [], "attrs": {"__proto__": "x"}}], "heads": [[0, 0]]}',
    ),
    graph([{ op: "__proto__", name: "n", inputs: [] }]),
    graph([{ op: "constructor", name: "n", inputs: [] }]),
    graph([data, { op: "Custom", name: "n", attrs: { op_type: "__proto__" }, inputs: [[0, 0, 0]] }]),
    graph([data, { op: "unknown", name: "n", inputs: [[0, 0, 0]] }], [[1, 4294967295, 0]]),
    graph(
      [data],
      Array.from({ length: 50_000 }, () => [0, 0, 0]),
    ),
    graph(Array.from({ length: 20_000 }, () => data)),
    node("Activation", { act_type: "x".repeat(1e6) }),
    node("Convolution", { kernel: "(".repeat(1e6), num_filter: "1" }),
    node("Reshape", { shape: `(${"1,".repeat(1e5)})` }),
  ],
  states: [
    manyCopies(60_000, 20_000),
    manyObjects(60_000, 5_000),
    pickle(repeated(100_000, MARK)),
    pickle(repeated(50_000, 0x5d)),
    pickle(0x4e, repeated(100_000, 0x85)),
    pickle(0x5d, 0x94, repeated(60_000, 0x68, 0, 0x61)),
    pickle(0x7d, 0x4b, 0, 0x5d, 0x94, repeated(3000, 0x68, 0, 0x61), 0x73),
    pickle(0x7d, 0x8c, 9, utf8("__proto__"), 0x4e, 0x73),
    pickle(0x63, utf8("os\nsystem\n"), 0x8c, 2, utf8("ls"), 0x85, 0x52),
    pickle(0x63, utf8("mxnet.__proto__\nconstructor\n"), 0x29, 0x52),
    ...HUGE.map((size) => pickle(0x8e, u64(size))),
    pickle(0x8b, u32(2 ** 31 - 1)),
    bytes(utf8(`L${"9".repeat(1e5)}L\n.`)),
  ],
  recordio: [
    ...[0, 1, 2, 3, 7].map((part) => bytes(u32(0xced7230a), u32((part << 29) >>> 0))),
    bytes(u32(0xced7230a), u32(0x1fffffff)),
    bytes(repeated(100_000, ...u32(0xced7230a), ...u32(0))),
    bytes(u32(0xced7230a), u32(1 << 29), repeated(50_000, ...u32(0xced7230a), ...u32(2 << 29))),
    bytes(u32(0xced7230a), u32(24), u32(0xffffffff), new Uint8Array(20)),
  ],
  "record-index": [
    utf8("1\t2\t3\n"),
    utf8("9007199254740993\t1\n"),
    utf8("__proto__\t1\n"),
    utf8(`${"9".repeat(1e6)}\t1`),
    utf8("1\t1\n".repeat(1e5)),
    utf8("\t".repeat(1e6)),
  ],
  idx: [
    bytes(0, 0, 8, 255, new Uint8Array(1020).fill(255)),
    bytes(0, 0, 14, 3, new Uint8Array(12).fill(255)),
    bytes(0, 0, 8, 2, [0, 0, 0, 0, 255, 255, 255, 255]),
    bytes(0, 0, 8, 0),
    bytes(0x1f, 0x8b),
    bytes(0x1f, 0x8b, 8, 255, new Uint8Array(1000).fill(1)),
    bytes(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, new Uint8Array(1e5)),
  ],
  npy: [
    ...HUGE.flatMap((size) => [
      npy(`{'descr': '<f4', 'fortran_order': False, 'shape': (${size},), }\n`),
      npy(`{'descr': '<f8', 'fortran_order': True, 'shape': (${size}, ${size}, 0), }\n`),
    ]),
    npy(`{'descr': '|O', 'fortran_order': False, 'shape': (1,), }\n`),
    npy(`{'__proto__': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (), }\n`),
    npy(`{'descr': '<f4', 'fortran_order': False, 'shape': (${"1,".repeat(20_000)}), }\n`),
    npy(nested(10_000, "{'a': ", "}", "'x'")),
    npy(" ".repeat(65_000)),
    bytes(0x93, utf8("NUMPY"), 2, 0, u32(0xffffffff)),
  ],
  npz: [
    overlapping(2_000, 1_000_000),
    overlapping(60_000, 4_000_000),
    bytes(u32(0x06054b50), new Uint8Array(18)),
    bytes(u32(0x06054b50), u16(0), u16(0), u16(0xffff), u16(0xffff), u32(0), u32(0xffffffff), u16(0)),
    bytes(new Uint8Array(70_000)),
  ],
  safetensors: [
    ...HUGE.flatMap((size) => [
      bytes(u64(size), utf8("{}")),
      header(`{"a":{"dtype":"F32","shape":[${size}],"data_offsets":[0,${size}]}}`),
      header(`{"a":{"dtype":"F32","shape":[${size},${size},0],"data_offsets":[0,0]}}`),
    ]),
    header('{"__proto__":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}}'),
    header('{"a":{"__proto__":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}}}'),
    header('{"__metadata__":{"__proto__":"x"}}'),
    header(nested(1e6, "[", "]")),
    header(nested(1e5, '{"a":', "}", "1")),
    header(`{${Array.from({ length: 20_000 }, (_, i) => `"${i}":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}`)}}`),
    header(`{"a":{"dtype":"U8","shape":[${"1,".repeat(1e5)}1],"data_offsets":[0,1]}}`),
  ],
} as const;
