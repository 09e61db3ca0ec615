import { type DType, float32Array, type HostArray, hostArray } from "@mxgraft/base";
import {
  packImageRecord,
  type StoredArray,
  writeIdx,
  writeNpy,
  writeNpz,
  writeParams,
  writeRecordIndex,
  writeRecords,
  writeSafetensors,
  writeStates,
} from "@mxgraft/files";
import { sym } from "mxgraft";

const DTYPES: readonly DType[] = ["float32", "float64", "float16", "uint8", "int32", "int8", "int64", "bool"];

const small = float32Array([2, 3], [1, -2, 3.5, 0, 5, 6]);
const indices = (...values: number[]) => hostArray("int64", [values.length], BigInt64Array.from(values, BigInt));

const sparse: readonly StoredArray[] = [
  { stype: "row_sparse", dtype: "float32", shape: [5, 3], data: small, indices: indices(1, 4) },
  {
    stype: "csr",
    dtype: "float32",
    shape: [2, 4],
    data: float32Array([3], [1, 2, 3]),
    indptr: indices(0, 1, 3),
    indices: indices(3, 0, 2),
  },
];

const utf8 = (text: string) => new TextEncoder().encode(text);

/** Format V1 and V0 of one array, which nothing writes any more. */
function oldParams(magic: readonly number[], sizes: readonly number[]): Uint8Array {
  const list = [0x12, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0];
  const device = [1, 0, 0, 0, 0, 0, 0, 0];
  const values = [0, 0, 128, 63, 0, 0, 0, 64];
  return Uint8Array.from([...list, ...magic, ...sizes, ...device, 0, 0, 0, 0, ...values, 0, 0, 0, 0, 0, 0, 0, 0]);
}

export function paramsFiles(): Uint8Array[] {
  const arrays: [string, HostArray][] = DTYPES.map((dtype) => [`arg:${dtype}`, hostArray(dtype, [2, 2])]);
  return [
    writeParams(new Map<string, StoredArray>([["arg:w", small], ...arrays, ["aux:größe", float32Array([1], [7])]])),
    writeParams(sparse.map((array, i) => ({ name: `s${i}`, array }))),
    writeParams([{ array: small }, { array: float32Array([1]) }]),
    writeParams(new Map([["scalar", float32Array([], [3])]]), { numpyShape: true }),
    oldParams([0xc8, 0xfa, 0x93, 0xf9, 1, 0, 0, 0], [2, 0, 0, 0, 0, 0, 0, 0]),
    oldParams([1, 0, 0, 0], [2, 0, 0, 0]),
  ];
}

export function statesFiles(): Uint8Array[] {
  const python2 = "(dp0\nI0\nNsI1\n(NNtp1\ns.";
  return [
    writeStates(
      new Map<number | string, StoredArray | null>([
        [0, small],
        [1, null],
        ["fc_weight", sparse[0] ?? null],
      ]),
    ),
    writeStates(new Map([[0, [small, [float32Array([1]), null]]]])),
    utf8(python2),
  ];
}

export function symbolFiles(): Uint8Array[] {
  const data = sym.variable("data");
  const conv = sym.Convolution({ data, kernel: [3, 3], pad: [1, 1], num_filter: 4, name: "conv" });
  const norm = sym.BatchNorm({ data: conv, name: "norm" });
  const parts = sym.SliceChannel({ data: norm, num_outputs: 2, name: "parts" });
  const joined = sym.Concat(parts.get(0), parts.get(1), { dim: 1, name: "joined" });
  const pool = sym.Pooling({ data: joined, kernel: [2, 2], stride: [2, 2], pool_type: "max", name: "pool" });
  const fc = sym.FullyConnected({ data: pool, num_hidden: 3, name: "fc" });
  const loss = sym.Custom({ data: fc, op_type: "centerloss", num_class: 3, alpha: 0.5, scale: 1, batchsize: 2 });
  const current = sym.Group([sym.SoftmaxOutput({ data: fc, name: "softmax" }), sym.MakeLoss({ data: loss })]).toJSON();
  const cell = sym.RNN({ data, state_size: 2, num_layers: 1, mode: "lstm", state_outputs: true, name: "rnn" });
  const reshaped = sym.transpose({ data: sym.Reshape({ data, shape: [0, -1, 2] }), axes: [1, 0, 2] });
  const old = {
    nodes: [
      { op: "null", param: {}, name: "data", inputs: [], backward_source_id: -1 },
      { op: "null", param: {}, name: "bn_gamma", inputs: [], backward_source_id: -1, attr: { lr_mult: "2" } },
      { op: "null", param: {}, name: "bn_beta", inputs: [], backward_source_id: -1 },
      {
        op: "BatchNorm",
        param: { eps: "0.001" },
        name: "bn",
        inputs: [
          [0, 0],
          [1, 0],
          [2, 0],
        ],
        backward_source_id: -1,
      },
    ],
    arg_nodes: [0, 1, 2],
    heads: [[3, 0]],
  };
  return [current, cell.toJSON(), reshaped.toJSON(), JSON.stringify(old)].map(utf8);
}

export function recordFiles(): Uint8Array[] {
  const image = packImageRecord({ label: Float32Array.of(1, 2), id: 5n, id2: 0n, content: Uint8Array.of(1, 2, 3) });
  const magic = Uint8Array.of(9, 0x0a, 0x23, 0xd7, 0xce, 8);
  return [writeRecords([image, magic, new Uint8Array(0), utf8("last")]).bytes, writeRecords([]).bytes];
}

export function recordIndexFiles(): Uint8Array[] {
  return [
    utf8(
      writeRecordIndex(
        new Map([
          [0, 0],
          [7, 44],
          [8, 100],
        ]),
      ),
    ),
  ];
}

export function idxFiles(): Uint8Array[] {
  const gzip = "H4sIAAAAAAACA2Ng4GBkYGBgYWRiZgEAyRCBHQwAAAA=";
  return [
    writeIdx(hostArray("uint8", [2, 2, 2], Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8))),
    writeIdx(hostArray("float64", [2], Float64Array.of(1, 2))),
    Uint8Array.from(atob(gzip), (character) => character.charCodeAt(0)),
  ];
}

export function npyFiles(): Uint8Array[] {
  const header = "{'descr': '>i8', 'fortran_order': True, 'shape': (2, 2), }\n";
  const fortran = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 2, 0, header.length, 0, 0, 0, ...utf8(header)];
  return [writeNpy(small), writeNpy(hostArray("bool", [3])), Uint8Array.from([...fortran, ...new Uint8Array(32)])];
}

export function npzFiles(): Uint8Array[] {
  const arrays = new Map<string, HostArray>([
    ["data", small],
    ["label", hostArray("int32", [2])],
  ]);
  return [
    writeNpz(arrays),
    writeNpz(new Map([["zeros", float32Array([64, 64])]]), { compress: true }),
    writeNpz(new Map()),
  ];
}

export function safetensorsFiles(): Uint8Array[] {
  const tensors = new Map<string, HostArray>([
    ["w", small],
    ["b", hostArray("int8", [3])],
  ]);
  return [writeSafetensors(tensors, new Map([["format", "mx"]])), writeSafetensors(new Map())];
}
