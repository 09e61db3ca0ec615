import { type ParamsFile, readParams, writeParams } from "@mxgraft/files";
import { graphText, isUnknownOperator, loadJson, type Symbol as MxSymbol, readGraphRecord } from "@mxgraft/symbol";
import { compareGraphs } from "./compare-graphs.ts";
import type { GraphReport, MxnetReport, ParametersReport } from "./mxnet-report.ts";

export interface MxnetFiles {
  /** A `symbol.json`, as text or bytes. */
  readonly symbol: string | Uint8Array;
  /** A `.params` file. */
  readonly params?: Uint8Array;
}

export interface MxnetModel {
  readonly symbol: string;
  /** Present when there were parameters. */
  readonly params?: Uint8Array;
  readonly report: MxnetReport;
}

const UNVERSIONED = 800;

/**
 * Rewrites a model of any MXNet version as MXNet 1.9.1 writes it. No number changes: arrays keep their data types, sparse
 * ones stay sparse, names and order stay. Operators that nobody registered are taken over as they stand.
 *
 * @throws GraphError      the graph is damaged.
 * @throws AttributeError  an attribute of a known operator is missing, unknown or cannot be parsed.
 * @throws FormatError     the parameters are damaged.
 */
export function toMxnet({ symbol: content, params }: MxnetFiles): MxnetModel {
  const text = graphText(content);
  const before = readGraphRecord(text);
  const graph = loadJson(text, { unknownOperators: "keep" });
  const symbol = graph.toJSON();
  const after = readGraphRecord(symbol);
  const graphReport: GraphReport = {
    fromVersion: before.version === UNVERSIONED ? null : versionText(before.version),
    toVersion: versionText(after.version),
    nodes: after.nodes.length,
    changes: compareGraphs(before, after),
    unknownOperators: unknownOperators(graph),
  };
  if (params === undefined) return { symbol, report: { graph: graphReport } };
  const rewritten = rewriteParams(readParams(params), params.length);
  return { symbol, params: rewritten.bytes, report: { graph: graphReport, parameters: rewritten.report } };
}

function rewriteParams(file: ParamsFile, before: number): { bytes: Uint8Array; report: ParametersReport } {
  const { entries, formats } = file;
  // What only NumPy's shapes can say keeps them; MXNet reads such a file under np_shape alone.
  const numpyShape = entries.some(
    ({ array }) => !("stype" in array) && (array.shape.length === 0 || array.shape.includes(0)),
  );
  const bytes = writeParams(entries, { numpyShape });
  const report: ParametersReport = {
    arrays: entries.length,
    sparse: entries.filter(({ array }) => "stype" in array).length,
    fromFormats: countOf(formats),
    toFormat: numpyShape ? "V3" : "V2",
    dtypes: countOf(entries.map(({ array }) => array.dtype)),
    bytes: [before, bytes.length],
  };
  return { bytes, report };
}

function unknownOperators(graph: MxSymbol): GraphReport["unknownOperators"] {
  const nodes = new Map<string, string[]>();
  for (const node of graph.nodes()) {
    if (!isUnknownOperator(node)) continue;
    const operator = [node.op, node.attributes.get("op_type")].filter(Boolean).join(" ");
    nodes.set(operator, [...(nodes.get(operator) ?? []), node.name]);
  }
  return [...nodes].map(([operator, names]) => ({ operator, nodes: names }));
}

function countOf(names: readonly string[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** 10901 is 1.9.1. */
function versionText(version: number): string {
  return [Math.floor(version / 10_000), Math.floor(version / 100) % 100, version % 100].join(".");
}
