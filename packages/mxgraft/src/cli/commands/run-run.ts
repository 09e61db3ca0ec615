import { dirname } from "node:path";
import { BackendError, formatShape, type HostArray, UsageError } from "@mxgraft/base";
import { readFile, saveNpz } from "@mxgraft/files/node";
import type { Symbol as MxSymbol } from "@mxgraft/symbol";
import { type ArraySummary, summarizeArray } from "../../model/array-summary.ts";
import { type ModelRun, runModel } from "../../model/run-model.ts";
import { type ScoredClass, topClasses } from "../../model/top-classes.ts";
import { unsupportedNodes } from "../../model/unsupported-nodes.ts";
import { ensureWritableFolder } from "../../node/ensure-writable-folder.ts";
import { loadGraph } from "../../node/load-graph.ts";
import { loadInputs } from "../../node/load-inputs.ts";
import { loadParameters } from "../../node/load-parameters.ts";
import { loadPlugin } from "../../node/load-plugin.ts";
import { count, gapsText } from "../gaps-text.ts";
import { imageInputs } from "../image-inputs.ts";
import { interruptible } from "../interruption.ts";
import { describeBackend, startBackend } from "../start-backend.ts";
import { textTable } from "../text-table.ts";
import { WrongUsage } from "../wrong-usage.ts";
import type { RunOptions } from "./run.ts";

/** Rows whose largest scores are shown to people; --json has all. */
const SHOWN_ROWS = 10;

interface OutputReport extends ArraySummary {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: string;
  /** Of each row, for outputs (N, classes). */
  readonly top?: readonly (readonly (ScoredClass & { readonly label?: string })[])[];
}

/** Milliseconds. */
interface Timing {
  readonly runs: number;
  readonly median: number;
  readonly lowerQuartile: number;
  readonly upperQuartile: number;
}

function readLabels(file: string): string[] {
  const lines = new TextDecoder().decode(readFile(file)).split(/\r?\n/);
  if (lines.at(-1) === "") lines.pop();
  return lines;
}

function reportOf(name: string, array: HostArray, k: number | undefined, labels: readonly string[]): OutputReport {
  const { shape, dtype } = array;
  const facts = { name, shape, dtype, ...summarizeArray(array) };
  if (k === undefined || shape.length !== 2) return facts;
  const named = (one: ScoredClass) => {
    const label = labels[one.class];
    return label === undefined ? one : { ...one, label };
  };
  return { ...facts, top: topClasses(array, k).map((row) => row.map(named)) };
}

function timingOf(times: readonly number[]): Timing {
  const sorted = [...times].sort((a, b) => a - b);
  // Between two times in proportion, as NumPy's percentile.
  const quantile = (part: number) => {
    const place = part * (sorted.length - 1);
    const [low, high] = [sorted[Math.floor(place)] ?? 0, sorted[Math.ceil(place)] ?? 0];
    return low + (high - low) * (place - Math.floor(place));
  };
  return {
    runs: times.length,
    median: quantile(0.5),
    lowerQuartile: quantile(0.25),
    upperQuartile: quantile(0.75),
  };
}

function decimal(value: number | null): string {
  return value === null ? "none" : String(Number(value.toPrecision(6)));
}

function textOf(outputs: readonly OutputReport[], timing: Timing | undefined): string {
  const table = textTable(
    [
      { title: "Output" },
      { title: "Shape" },
      { title: "Type" },
      { title: "Min", align: "right" },
      { title: "Max", align: "right" },
      { title: "Mean", align: "right" },
    ],
    outputs.map(({ name, shape, dtype, min, max, mean }) => [
      name,
      formatShape(shape),
      dtype,
      decimal(min),
      decimal(max),
      decimal(mean),
    ]),
  );
  const lost = outputs
    .filter(({ notFinite }) => notFinite > 0)
    .map(({ name, notFinite }) => `"${name}" has ${count(notFinite, "element")} that are no finite number.`);
  const tops = outputs.flatMap(({ name, top }) => (top === undefined ? [] : [topText(name, top)]));
  const time =
    timing === undefined
      ? []
      : [
          `Time of ${count(timing.runs, "run")}: median ${timing.median.toFixed(2)} ms, quartiles ${timing.lowerQuartile.toFixed(2)} and ${timing.upperQuartile.toFixed(2)} ms.`,
        ];
  return [table, ...lost, ...tops, ...time].join("\n\n");
}

function topText(name: string, top: NonNullable<OutputReport["top"]>): string {
  const rows = top
    .slice(0, SHOWN_ROWS)
    .flatMap((classes, row) =>
      classes.map(({ class: index, score, label }, i) => [
        i === 0 ? String(row) : "",
        String(index),
        decimal(score),
        label ?? "",
      ]),
    );
  const columns = [
    { title: "Row", align: "right" },
    { title: "Class", align: "right" },
    { title: "Score", align: "right" },
    { title: "" },
  ] as const;
  const more = top.length > SHOWN_ROWS ? `\n  ... and ${count(top.length - SHOWN_ROWS, "row")} more (--json)` : "";
  return `Largest scores of "${name}"\n${textTable(columns, rows)}${more}`;
}

/** What `mxgraft run` does. */
export async function runRun(symbolFile: string, paramsFile: string, options: RunOptions): Promise<void> {
  const { output, outputs: names, labels: labelFile } = options;
  if (output !== undefined && !output.endsWith(".npz"))
    throw new WrongUsage(`--output is "${output}", expected a name that ends in ".npz".`);
  const labels = labelFile === undefined ? [] : readLabels(labelFile);
  const topK = options.topK ?? (labelFile === undefined ? undefined : 5);
  if (output !== undefined) ensureWritableFolder(dirname(output));
  const backend = await startBackend(options.backend);
  for (const plugin of options.plugin) await loadPlugin(plugin);
  const symbol = loadGraph(symbolFile);
  const gaps = unsupportedNodes(symbol, backend.name);
  if (gaps.length > 0) {
    throw new BackendError(`${symbolFile}: ${gapsText(gaps, backend.name)}`, { file: symbolFile, actual: gaps });
  }
  const parameters = loadParameters(paramsFile);
  const run = await inWordsOfOptions(async () =>
    interruptible(async (signal) =>
      runModel(symbol, {
        parameters,
        // Only the backend's copy stays.
        onUploaded: () => parameters.clear(),
        inputs: await inputsOf(symbol, options),
        ...(options.batch === undefined ? {} : { batch: options.batch }),
        ...(names === undefined ? {} : { outputs: names === "internals" ? names : names.split(",") }),
        repeat: options.repeat ?? 0,
        signal,
      }),
    ),
  );
  warnOfZeros(run);
  warnOfTypes(run);
  if (output !== undefined) saveNpz(output, run.outputs);
  const reports = [...run.outputs].map(([name, array]) => reportOf(name, array, topK, labels));
  const timing = run.times.length > 0 ? timingOf(run.times) : undefined;
  if (options.json) {
    const files = output === undefined ? {} : { output };
    const { convertedTypes } = run;
    console.log(JSON.stringify({ command: "run", backend, outputs: reports, timing, convertedTypes, files }, null, 2));
    return;
  }
  console.log(`Backend ${describeBackend(backend)}\n\n${textOf(reports, timing)}`);
  if (output !== undefined) console.log(`\noutput  ${output}`);
}

async function inputsOf(symbol: MxSymbol, options: RunOptions): Promise<Map<string, HostArray>> {
  const arrays = loadInputs(options.input);
  return new Map([...arrays, ...(await imageInputs(symbol, arrays, options))]);
}

function warnOfZeros({ zeroLabels }: ModelRun): void {
  if (zeroLabels.length === 0) return;
  const names = zeroLabels.map((name) => `"${name}"`).join(", ");
  process.stderr.write(
    `Zeros stand for ${names}: give them with --input if you need the losses that they belong to.\n`,
  );
}

function warnOfTypes({ convertedTypes }: ModelRun): void {
  if (convertedTypes.length === 0) return;
  const groups = convertedTypes.map(({ from, to, names }) => {
    const shown = names.slice(0, 3).map((name) => `"${name}"`);
    const more = names.length > shown.length ? ` and ${names.length - shown.length} more` : "";
    return `${from} as ${to} (${shown.join(", ")}${more})`;
  });
  process.stderr.write(
    `TensorFlow.js has only float32, int32 and bool; computed otherwise than stored: ${groups.join("; ")}.\n`,
  );
}

/** What is missing or mistyped on the command line is wrong usage. */
async function inWordsOfOptions<T>(body: () => Promise<T>): Promise<T> {
  try {
    return await body();
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw new WrongUsage(`${error.message} See --input, --image, --outputs and "mxgraft inspect".`, error.facts);
  }
}
