import { FormatError, float32Array, GraphError, type HostArray, hostArray } from "@mxgraft/base";
import { readParams, type StoredArray, writeParams } from "@mxgraft/files";
import { defineOperator, operators, required, text } from "@mxgraft/operator";
import { loadJson } from "@mxgraft/symbol";
import { beforeAll, describe, expect, test } from "vitest";
import { toMxnet } from "../src/index.ts";

beforeAll(() => {
  operators.register(
    defineOperator({
      name: "Scale",
      aliases: ["scale_v1"],
      attributes: { factor: required(text) },
      arguments: ["data", "weight"],
      auxiliaryStates: ["moving_mean"],
      inferShape: () => ({}),
    }),
  );
});

const variable = (name: string, more: object = {}) => ({ op: "null", name, inputs: [], ...more });
const head = (id: number) => ({ arg_nodes: [], heads: [[id, 0]] });

/** As MXNet 0.8 writes it: no version, no auxiliary states, inputs of two numbers. */
const old = JSON.stringify({
  nodes: [
    variable("data", { param: {}, attr: { lr_mult: "2" }, backward_source_id: -1 }),
    variable("s_weight", { param: {} }),
    {
      op: "scale_v1",
      param: { factor: "3" },
      name: "s",
      attr: { weight_wd_mult: "0" },
      inputs: [
        [0, 0],
        [1, 0],
      ],
    },
    variable("forgotten"),
  ],
  ...head(2),
});

describe("graphs", () => {
  test("an old one: upgraded as MXNet does, each change told", () => {
    const { symbol, report } = toMxnet({ symbol: old });
    const { nodes, heads, attrs } = JSON.parse(symbol);
    expect(nodes).toEqual([
      variable("data", { attrs: { __lr_mult__: "2" } }),
      variable("s_weight", { attrs: { __wd_mult__: "0" } }),
      variable("s_moving_mean", { attrs: { factor: "3" } }),
      {
        op: "Scale",
        name: "s",
        attrs: { factor: "3" },
        inputs: [
          [0, 0, 0],
          [1, 0, 0],
          [2, 0, 0],
        ],
      },
    ]);
    expect({ heads, attrs }).toEqual({ heads: [[3, 0, 0]], attrs: { mxnet_version: ["int", 10901] } });
    expect(report).toEqual({
      graph: {
        fromVersion: null,
        toVersion: "1.9.1",
        nodes: 4,
        changes: [
          { node: "data", change: "attribute lr_mult is now __lr_mult__" },
          { node: "s_weight", change: "attribute __wd_mult__ is now 0" },
          { node: "s_moving_mean", change: "the variable was added" },
          { node: "s", change: "operator scale_v1 is now called Scale" },
          { node: "s", change: "attribute weight_wd_mult was left out (0)" },
          { node: "s", change: "it has 3 inputs, before 2" },
          { node: "forgotten", change: "the variable was left out: no output needs it" },
        ],
        unknownOperators: [],
      },
    });
  });

  test("what it wrote it does not change again", () => {
    const { symbol } = toMxnet({ symbol: old });
    const again = toMxnet({ symbol: new TextEncoder().encode(symbol) });
    expect(again.symbol).toBe(symbol);
    expect(again.report.graph).toMatchObject({ fromVersion: "1.9.1", changes: [] });
  });

  test("operators that nobody knows are taken over, and named", () => {
    const nodes = [
      variable("data"),
      { op: "Custom", name: "c", attr: { op_type: "mine", k: "v" }, inputs: [[0, 0, 0]] },
      {
        op: "Strange",
        name: "d",
        attr: { axis: "1" },
        inputs: [
          [1, 1, 0],
          [1, 0, 0],
        ],
      },
    ];
    const { symbol, report } = toMxnet({
      symbol: JSON.stringify({ nodes, ...head(2), attrs: { mxnet_version: ["int", 904] } }),
    });
    expect(JSON.parse(symbol).nodes).toEqual(
      nodes.map(({ attr, ...node }: { attr?: object; op: string; name: string; inputs: unknown }) => ({
        ...node,
        ...(attr ? { attrs: attr } : {}),
      })),
    );
    expect(report.graph).toMatchObject({
      fromVersion: "0.9.4",
      unknownOperators: [
        { operator: "Custom mine", nodes: ["c"] },
        { operator: "Strange", nodes: ["d"] },
      ],
    });
    expect(loadJson(symbol, { unknownOperators: "keep" }).listOutputs()).toEqual(["d_output"]);
  });

  test("a damaged one is an error", () => {
    expect(() => toMxnet({ symbol: "{}" })).toThrow(GraphError);
  });
});

/** A list of two arrays in formats V0 and V1, which MXNet itself no longer writes. */
const oldParams = Uint8Array.of(
  ...[0x12, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0],
  // V0: one axis of size 2 in 32 bits, device, type 0, 1 and 2.
  ...[1, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 128, 63, 0, 0, 0, 64],
  // V1: one axis of size 1 in 64 bits, type 6 (int64), -1.
  ...[0xc8, 0xfa, 0x93, 0xf9, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 6, 0, 0, 0],
  ...[255, 255, 255, 255, 255, 255, 255, 255],
  // Names "a" and "b".
  ...[2, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 97, 1, 0, 0, 0, 0, 0, 0, 0, 98],
);

describe("parameters", () => {
  test("old formats become V2, values, types and order stay", () => {
    const { params, report } = toMxnet({ symbol: old, params: oldParams });
    if (params === undefined) throw new Error("there are no parameters");
    expect(readParams(params)).toEqual({
      entries: [
        { name: "a", array: float32Array([2], [1, 2]) },
        { name: "b", array: hostArray("int64", [1], BigInt64Array.of(-1n)) },
      ],
      formats: ["V2", "V2"],
    });
    expect(report.parameters).toEqual({
      arrays: 2,
      sparse: 0,
      fromFormats: { V0: 1, V1: 1 },
      toFormat: "V2",
      dtypes: { float32: 1, int64: 1 },
      bytes: [oldParams.length, params.length],
    });
  });

  test("sparse arrays stay sparse, scalars keep NumPy's shapes, names may be absent", () => {
    const indices = hostArray("int64", [1], BigInt64Array.of(2n));
    const sparse: StoredArray = {
      stype: "row_sparse",
      dtype: "float32",
      shape: [4, 2],
      data: float32Array([1, 2]),
      indices,
    };
    const scalar: HostArray = float32Array([], [3]);
    const bytes = writeParams([{ array: sparse }, { array: scalar }], { numpyShape: true });
    const { params, report } = toMxnet({ symbol: old, params: bytes });
    expect(params).toEqual(bytes);
    expect(report.parameters).toMatchObject({ sparse: 1, fromFormats: { V2: 1, V3: 1 }, toFormat: "V3" });
  });

  test("a file that 1.9.1 wrote stays as it is; a damaged one is an error", () => {
    const bytes = writeParams(new Map([["arg:w", float32Array([2], [1, 2])]]));
    expect(toMxnet({ symbol: old, params: bytes }).params).toEqual(bytes);
    expect(() => toMxnet({ symbol: old, params: bytes.subarray(0, 40) })).toThrow(FormatError);
  });
});
