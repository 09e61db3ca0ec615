import { float32Array, hostArray } from "@mxgraft/base";
import type { DataIter } from "@mxgraft/data";
import { NDArrayIter } from "@mxgraft/data";
import { loadJson, type Symbol as MxSymbol } from "@mxgraft/symbol";

const variables = ["data", "fc_weight", "fc_bias", "line_label"];
const nodes = [
  ...variables.map((name) => ({ op: "null", name, inputs: [] })),
  { op: "TestLine", name: "line", inputs: variables.map((_, i) => [i, 0, 0]) },
];

/** The text of the graph that `linear-executor.ts` computes. */
export const lineGraph = JSON.stringify({ nodes, arg_nodes: [0, 1, 2, 3], heads: [[4, 0, 0]] });

/** The graph itself; its operator is known to this package's tests only. */
export function lineSymbol(): MxSymbol {
  const symbol = loadJson(lineGraph, { unknownOperators: "keep" });
  symbol.listAuxiliaryStates = () => ["seen_bias"];
  return symbol;
}

/** `rows` points on the line y = 2a - b + 1. */
export function linePoints(rows: number, options: { batchSize: number; shuffle?: boolean }): DataIter {
  const data = float32Array(
    [rows, 2],
    Array.from({ length: rows * 2 }, (_, i) => ((i * 7) % 11) / 11),
  );
  const label = hostArray("float32", [rows]);
  for (let i = 0; i < rows; i++) label.data[i] = 2 * (data.data[2 * i] ?? 0) - (data.data[2 * i + 1] ?? 0) + 1;
  return new NDArrayIter({ data }, { line_label: label }, { seed: 3, ...options });
}
