import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { float32Array, hostArray } from "@mxgraft/base";
import { toMxnet } from "@mxgraft/convert";
import { type StoredArray, writeParams } from "@mxgraft/files";
import { registerAll } from "mxgraft";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const python = process.env.MXGRAFT_MXNET_PYTHON;
const script = fileURLToPath(new URL("mxnet/load-converted.py", import.meta.url));

const variable = (name: string, attr: object = {}) => ({ op: "null", param: {}, name, inputs: [], attr });

/** A convolution, a batch normalization and a fully connected layer, in the words of three ages. */
function graph(version: number | undefined): string {
  const states = version === undefined ? [] : [variable("bn_moving_mean"), variable("bn_moving_var")];
  const bn = 6 + states.length;
  const attributes = version !== undefined && version >= 10_000 ? "attrs" : version === undefined ? "param" : "attr";
  const nodes = [
    variable("data", { lr_mult: "0.5" }),
    variable("conv_weight"),
    variable("conv_bias"),
    {
      op: "Convolution",
      name: "conv",
      [attributes]: { kernel: "(3,3)", num_filter: "4", pad: "(1,1)" },
      inputs: [
        [0, 0],
        [1, 0],
        [2, 0],
      ],
    },
    variable("bn_gamma"),
    variable("bn_beta"),
    ...states,
    {
      op: "BatchNorm",
      name: "bn",
      [attributes]: { eps: "0.001", fix_gamma: "True" },
      inputs: [[3, 0], [4, 0], [5, 0], ...states.map((_, i) => [6 + i, 0])],
    },
    { op: "Activation", name: "relu", [attributes]: { act_type: "relu" }, inputs: [[bn, 0]] },
  ];
  const attrs = version === undefined ? {} : { attrs: { mxnet_version: ["int", version] } };
  const arg_nodes = nodes.flatMap(({ op }, i) => (op === "null" ? [i] : []));
  return JSON.stringify({ nodes, arg_nodes, heads: [[bn + 1, 0]], ...attrs });
}

const indices = (...values: number[]) => hostArray("int64", [values.length], BigInt64Array.from(values, BigInt));
const sparse: StoredArray = {
  stype: "row_sparse",
  dtype: "float32",
  shape: [5, 2],
  data: float32Array([2, 2], [1, 2, 3, 4]),
  indices: indices(1, 3),
};
const csr: StoredArray = {
  stype: "csr",
  dtype: "float32",
  shape: [2, 3],
  data: float32Array([2], [1, 2]),
  indptr: indices(0, 1, 2),
  indices: indices(2, 0),
};

/** One array of format V0 or V1, without a name. */
function ancient(head: readonly number[]): Uint8Array {
  const list = [0x12, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0];
  const content = [1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 240, 63, 0, 0, 0, 0, 0, 0, 0, 64];
  return Uint8Array.of(...list, ...head, ...content, 0, 0, 0, 0, 0, 0, 0, 0);
}

const cases: readonly { name: string; version: number | undefined; params: Uint8Array; arrays: number }[] = [
  { name: "0.8, arrays of format V0", version: undefined, params: ancient([1, 0, 0, 0, 2, 0, 0, 0]), arrays: 1 },
  {
    name: "0.9.4, arrays of format V1",
    version: 904,
    params: ancient([0xc8, 0xfa, 0x93, 0xf9, 1, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0]),
    arrays: 1,
  },
  {
    name: "1.2.0, arrays of every type, sparse ones too",
    version: 10_200,
    params: writeParams(
      new Map<string, StoredArray>([
        ["arg:f", float32Array([2, 2], [1, Number.NaN, Number.POSITIVE_INFINITY, -0])],
        ["arg:d", hostArray("float64", [2], Float64Array.of(Math.PI, -1))],
        ["arg:h", hostArray("float16", [2], Uint16Array.of(0x3c00, 0x7c01))],
        ["arg:u", hostArray("uint8", [2], Uint8Array.of(255, 0))],
        ["arg:i", hostArray("int32", [1], Int32Array.of(-5))],
        ["arg:b", hostArray("int8", [1], Int8Array.of(-5))],
        ["arg:l", hostArray("int64", [1], BigInt64Array.of(2n ** 60n))],
        ["arg:rows", sparse],
        ["aux:compressed", csr],
      ]),
    ),
    arrays: 9,
  },
];

// Needs a Python with MXNet 1.9.1 (Python 3.8, numpy<1.24).
describe.skipIf(python === undefined)(
  "converted for MXNet itself (MXGRAFT_MXNET_PYTHON names a Python that has it)",
  () => {
    let folder = "";
    beforeAll(() => {
      registerAll();
      folder = mkdtempSync(join(tmpdir(), "mxgraft-convert-"));
    });
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    test.for(cases)("a model of MXNet $name: as MXNet reads the old files", ({ version, params, arrays }) => {
      const symbol = graph(version);
      const model = toMxnet({ symbol, params });
      const files = {
        "old.json": symbol,
        "new.json": model.symbol,
        "old.params": params,
        "new.params": model.params ?? "",
      };
      const paths = Object.entries(files).map(([name, content]) => {
        writeFileSync(join(folder, name), content);
        return join(folder, name);
      });
      const said = execFileSync(python ?? "", [script, ...paths], {
        encoding: "utf8",
        stdio: ["ignore", "pipe", "pipe"],
      });
      expect(JSON.parse(said)).toEqual({ version: "1.9.1", arrays, differences: [] });
    });
  },
);
