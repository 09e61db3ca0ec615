import "../../register-all.ts";
import { basename, dirname } from "node:path";
import { didYouMean, formatShape, type Shape } from "@mxgraft/base";
import { writeFileAtomically } from "@mxgraft/files/node";
import { drawGraph } from "@mxgraft/plot";
import { preferredBackend } from "@mxgraft/tfjs";
import type { ParameterCheck } from "../../model/check-parameters.ts";
import { inspectModel, type Layer, type ModelReport } from "../../model/inspect-model.ts";
import { pictureModel } from "../../model/picture-model.ts";
import { ensureWritableFolder } from "../../node/ensure-writable-folder.ts";
import { loadGraph } from "../../node/load-graph.ts";
import { loadParameters } from "../../node/load-parameters.ts";
import { loadPlugin } from "../../node/load-plugin.ts";
import { count, gapsText } from "../gaps-text.ts";
import { checkBackendName } from "../start-backend.ts";
import { textTable } from "../text-table.ts";
import { WrongUsage } from "../wrong-usage.ts";
import type { InspectOptions } from "./inspect.ts";

/** The backend that would be used; nothing is started for it. */
async function backendOf(asked: string): Promise<string> {
  const name = checkBackendName(asked);
  if (name !== "auto") return name;
  return preferredBackend();
}

function number(value: number | null): string {
  return value === null ? "?" : value.toLocaleString("en-US");
}

function shapeText(shape: Shape | null): string {
  return shape === null ? "?" : formatShape(shape);
}

function operatorText({ operator, opType }: Pick<Layer, "operator" | "opType">): string {
  return opType === undefined ? operator : `${operator} ${opType}`;
}

function checkText(file: string, { missing, extra, wrongShape }: ParameterCheck): string {
  const lines = [
    ...missing.map(({ name, shape }) => `"${name}" ${shapeText(shape)} is missing`),
    ...wrongShape.map(
      ({ name, shape, expected }) => `"${name}" is ${formatShape(shape)}, expected ${formatShape(expected)}`,
    ),
    ...extra.map(({ name, shape }) => `"${name}" ${formatShape(shape)} is not used`),
  ];
  if (lines.length === 0) return `${file} has all parameters.`;
  return [`${file} and the graph differ:`, ...lines.map((line) => `  ${line}`)].join("\n");
}

function textOf(report: ModelReport, params: string | undefined): string {
  const layers = textTable(
    [
      { title: "Node" },
      { title: "Operator" },
      { title: "Output" },
      { title: "Parameters", align: "right" },
      { title: "Multiply-adds", align: "right" },
    ],
    [
      ...report.layers.map((layer) => [
        layer.node,
        operatorText(layer),
        layer.shapes.map(shapeText).join(" "),
        number(layer.parameters),
        number(layer.multiplyAdds),
      ]),
      ["Total", count(report.layers.length, "node"), "", number(report.parameters), number(report.multiplyAdds)],
    ],
  );
  const operators = report.operators.map(({ operator, nodes }) => [operator, number(nodes)]);
  const entries = [
    ...report.inputs.map(({ name, role, shape }) => [role, name, shapeText(shape)]),
    ...report.outputs.map(({ name, shape }) => ["output", name, shapeText(shape)]),
  ];
  const customs = report.customOperators.map(({ opType, nodes, registeredBy }) => [
    opType,
    registeredBy ?? "nobody",
    nodes.join(", "),
  ]);
  const sections = [
    layers,
    textTable([{ title: "Operator" }, { title: "Nodes", align: "right" }], operators),
    textTable([{ title: "Entry" }, { title: "Name" }, { title: "Shape" }], entries),
  ];
  if (customs.length > 0) {
    sections.push(textTable([{ title: "Custom operator" }, { title: "Registered by" }, { title: "Nodes" }], customs));
  }
  if (report.parameterCheck && params !== undefined) sections.push(checkText(params, report.parameterCheck));
  sections.push(
    report.unsupported.length > 0
      ? gapsText(report.unsupported, report.backend)
      : `All nodes can be run on backend "${report.backend}".`,
  );
  return sections.join("\n\n");
}

function checkInputNames(shapes: InspectOptions["shape"], known: readonly string[]): void {
  const wrong = Object.keys(shapes).find((name) => !known.includes(name));
  if (wrong === undefined) return;
  throw new WrongUsage(
    `--shape names "${wrong}", which is no input of the graph.${didYouMean(wrong, known) || ` It has ${known.slice(0, 5).join(", ")}${known.length > 5 ? ", ..." : ""}.`}`,
    { argument: wrong, expected: known },
  );
}

function checkPlot(plot: string): void {
  if (!plot.endsWith(".svg")) throw new WrongUsage(`--plot is "${plot}", expected a name that ends in ".svg".`);
  ensureWritableFolder(dirname(plot));
}

function subtitleOf({ layers, parameters, multiplyAdds }: ModelReport): string {
  const known = [
    count(layers.length, "node"),
    ...(parameters === null ? [] : [count(parameters, "parameter")]),
    ...(multiplyAdds === null ? [] : [count(multiplyAdds, "multiply-add")]),
  ];
  return known.join(", ");
}

/** What `mxgraft inspect` does. */
export async function runInspect(file: string, options: InspectOptions): Promise<void> {
  const { params, shape: shapes, plot } = options;
  if (plot !== undefined) checkPlot(plot);
  const backend = await backendOf(options.backend);
  for (const plugin of options.plugin) await loadPlugin(plugin);
  const symbol = loadGraph(file);
  checkInputNames(shapes, symbol.listInputs());
  const parameters = params === undefined ? undefined : loadParameters(params);
  const report = inspectModel(symbol, { backend, shapes, ...(parameters === undefined ? {} : { parameters }) });
  if (plot !== undefined) {
    const picture = drawGraph(pictureModel(symbol, report), { title: basename(file), subtitle: subtitleOf(report) });
    writeFileAtomically(plot, new TextEncoder().encode(picture));
  }
  const files = plot === undefined ? {} : { files: { plot } };
  if (options.json) console.log(JSON.stringify({ command: "inspect", file, ...report, ...files }, null, 2));
  else console.log(textOf(report, params) + (plot === undefined ? "" : `\n\nplot  ${plot}`));
  const { missing = [], wrongShape = [] } = report.parameterCheck ?? {};
  if (report.unsupported.length + missing.length + wrongShape.length > 0) process.exitCode = 1;
}
