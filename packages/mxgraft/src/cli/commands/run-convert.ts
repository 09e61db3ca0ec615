import "../../register-all.ts";
import { existsSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { MxgraftError } from "@mxgraft/base";
import { type MxnetFiles, type MxnetModel, toMxnet } from "@mxgraft/convert";
import { readFile, writeFileAtomically } from "@mxgraft/files/node";
import { ensureWritableFolder } from "../../node/ensure-writable-folder.ts";
import { loadPlugin } from "../../node/load-plugin.ts";
import { count } from "../gaps-text.ts";
import { WrongUsage } from "../wrong-usage.ts";
import type { ConvertOptions } from "./convert.ts";

interface OutputFiles {
  readonly symbol: string;
  readonly params?: string;
}

/** More changes of one kind than this are counted. */
const SHOWN_CHANGES = 20;

/** What `mxgraft convert` does. */
export async function runConvert(
  symbolFile: string,
  paramsFile: string | undefined,
  options: ConvertOptions,
): Promise<void> {
  const files = outputFiles(options.out, symbolFile, paramsFile);
  refuseToReplace(files, [symbolFile, paramsFile]);
  for (const plugin of options.plugin) await loadPlugin(plugin);
  const sources = {
    symbol: readFile(symbolFile),
    ...(paramsFile === undefined ? {} : { params: readFile(paramsFile) }),
  };
  const model = converted(sources, symbolFile, paramsFile);
  ensureWritableFolder(dirname(files.symbol));
  // The graph last: where it is, the model is whole.
  if (files.params !== undefined && model.params !== undefined) writeFileAtomically(files.params, model.params);
  writeFileAtomically(files.symbol, new TextEncoder().encode(model.symbol));
  if (options.json)
    console.log(JSON.stringify({ command: "convert", to: options.to, files, ...model.report }, null, 2));
  else console.log(textOf(model, files));
}

function outputFiles(out: string, symbolFile: string, paramsFile: string | undefined): OutputFiles {
  const folder = /[/\\]$/.test(out) || (existsSync(out) && statSync(out).isDirectory());
  if (folder) {
    const at = (file: string) => join(out, basename(file));
    return { symbol: at(symbolFile), ...(paramsFile === undefined ? {} : { params: at(paramsFile) }) };
  }
  if (basename(out) === "") throw new WrongUsage(`--out is "${out}", expected a folder or a prefix.`);
  const epoch = /-(\d{4,})\.params$/.exec(paramsFile ?? "")?.[1] ?? "0000";
  return {
    symbol: `${out}-symbol.json`,
    ...(paramsFile === undefined ? {} : { params: `${out}-${epoch}.params` }),
  };
}

function refuseToReplace(files: OutputFiles, sources: readonly (string | undefined)[]): void {
  const real = (file: string) => (existsSync(file) ? realpathSync(file) : undefined);
  const read = sources.flatMap((file) => (file === undefined ? [] : (real(file) ?? [])));
  const same = [files.symbol, files.params].find((file) => file !== undefined && read.includes(real(file) ?? ""));
  if (same === undefined) return;
  throw new WrongUsage(`--out would replace "${same}", which is read. Choose another folder or prefix.`, {
    file: same,
  });
}

/** Errors name the file they are about. */
function converted(sources: MxnetFiles, symbolFile: string, paramsFile: string | undefined): MxnetModel {
  try {
    return toMxnet(sources);
  } catch (error) {
    if (error instanceof MxgraftError) {
      const inParams = error.message.startsWith(".params file: ");
      const [file, message] = inParams
        ? [paramsFile, error.message.slice(".params file: ".length)]
        : [symbolFile, error.message];
      error.message = `${file}: ${message}`;
    }
    throw error;
  }
}

function textOf({ report }: MxnetModel, files: OutputFiles): string {
  const { graph, parameters } = report;
  const lines = [
    `Graph: ${count(graph.nodes, "node")}, from ${graph.fromVersion === null ? "MXNet before 0.9" : `MXNet ${graph.fromVersion}`} to MXNet ${graph.toVersion}.`,
    ...graph.changes.slice(0, SHOWN_CHANGES).map(({ node, change }) => `  "${node}": ${change}`),
  ];
  const more = graph.changes.length - SHOWN_CHANGES;
  if (more > 0) lines.push(`  ... and ${count(more, "change")} more (--json)`);
  if (graph.changes.length === 0) lines.push("  No node had to be changed.");
  for (const { operator, nodes } of graph.unknownOperators) {
    lines.push(
      `  Operator "${operator}" is not registered; ${count(nodes.length, "node")} taken over as written: ${nodes.slice(0, 5).join(", ")}${nodes.length > 5 ? ", ..." : ""}`,
    );
  }
  if (parameters) {
    const { arrays, sparse, fromFormats, toFormat, dtypes, bytes } = parameters;
    const formats = Object.entries(fromFormats).map(([format, number]) => `${number} of format ${format}`);
    const types = Object.entries(dtypes).map(([dtype, number]) => `${number} ${dtype}`);
    lines.push(
      `Parameters: ${count(arrays, "array")}${arrays === 0 ? "" : `, ${formats.join(", ")}; now all of format ${toFormat}`}.`,
      ...(arrays === 0
        ? []
        : [`  Data types, unchanged: ${types.join(", ")}${sparse === 0 ? "" : `; ${sparse} sparse`}.`]),
      `  ${bytes[0].toLocaleString("en-US")} bytes before, ${bytes[1].toLocaleString("en-US")} now.`,
    );
    if (toFormat === "V3") {
      lines.push("  Scalars or arrays without elements need V3: MXNet reads the file under mx.util.np_shape() only.");
    }
  }
  lines.push("", `symbol  ${files.symbol}`);
  if (files.params !== undefined) lines.push(`params  ${files.params}`);
  return lines.join("\n");
}
