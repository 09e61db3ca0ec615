import { readdirSync } from "node:fs";
import { basename, dirname } from "node:path";
import { FileError, UsageError } from "@mxgraft/base";
import { checkpointPaths, loadCheckpoint } from "@mxgraft/module/node";
import type { Snapshot } from "@mxgraft/plot";
import type { BackendName } from "@mxgraft/tfjs";
import type { Command } from "commander";
import type { DigitData, RowRange } from "../../digits/digit-set.ts";
import { drawnDigitData } from "../../digits/drawn-digit-data.ts";
import { FeatureReader } from "../../digits/feature-reader.ts";
import { takeSnapshot } from "../../digits/snapshot-taker.ts";
import { ensureWritableFolder } from "../../node/ensure-writable-folder.ts";
import { loadDigitData } from "../../node/load-digit-data.ts";
import { writePictures } from "../../node/write-pictures.ts";
import { startBackend, withBackendOption } from "../chosen-backend.ts";
import { interruptible } from "../interruption.ts";
import { integerFrom, rowRange } from "../option-values.ts";
import { WrongUsage } from "../wrong-usage.ts";

interface PlotOptions {
  readonly epoch?: number;
  readonly all?: boolean;
  readonly data: string;
  readonly trainRange?: RowRange;
  readonly testRange?: RowRange;
  readonly seed: number;
  readonly layer: string;
  readonly out?: string;
  readonly backend: BackendName | "auto";
  readonly json?: boolean;
}

const DRAWN = "drawn";
const CENTERS = "center_bias";

/** `mxgraft plot`. */
export function addPlotCommand(program: Command): void {
  const plot = program
    .command("plot")
    .summary("draw the features of digits from a checkpoint")
    .description(
      "Loads a checkpoint, cuts its graph at the embedding, and draws the features of up to 1,000 digits of each kind, coloured by class, with the class centers: an SVG file and a page.",
    )
    .argument("<prefix>", "prefix of the checkpoint, such as runs/demo/lenet")
    .option("--epoch <n>", "epoch to draw; default the newest", integerFrom(0))
    .option("--all", "all epochs there are, with a slider")
    .option("--data <dir>", `folder with MNIST's idx files; "${DRAWN}" for drawn digits`, DRAWN)
    .option("--train-range <from:to>", "digits that were learned", rowRange)
    .option("--test-range <from:to>", "digits for the test", rowRange)
    .option("--seed <n>", "seed of drawn digits", integerFrom(0), 1)
    .option("--layer <output>", "the output to draw", "embedding_output")
    .option("--out <dir>", "folder for features.svg and features.html; default that of the checkpoint")
    .option("--json", "print the result as JSON");
  withBackendOption(plot)
    .addHelpText(
      "after",
      `
Examples:
  mxgraft plot runs/demo/lenet
  mxgraft plot runs/demo/lenet --epoch 3 --out /tmp/epoch3
  mxgraft plot runs/digits/lenet --all --data mnist --train-range 0:8000 --test-range 8000:10000`,
    )
    .action(runPlot);
}

/** Epochs of which there are parameters, in order. */
function epochsOf(prefix: string): number[] {
  const start = `${basename(prefix)}-`;
  let files: string[] = [];
  try {
    files = readdirSync(dirname(prefix));
  } catch (cause) {
    throw new FileError(`There is no folder "${dirname(prefix)}". Check the prefix.`, { file: prefix }, { cause });
  }
  const epochs = files
    .filter((file) => file.startsWith(start) && /^\d{4,}\.params$/.test(file.slice(start.length)))
    .map((file) => Number.parseInt(file.slice(start.length), 10));
  if (epochs.length > 0) return epochs.sort((a, b) => a - b);
  throw new FileError(`There is no checkpoint "${checkpointPaths(prefix, 1).params}" or of another epoch.`, {
    file: prefix,
  });
}

async function runPlot(prefix: string, options: PlotOptions): Promise<void> {
  if (options.all && options.epoch !== undefined) throw new WrongUsage("--all and --epoch exclude each other.");
  const epochs = options.epoch === undefined ? epochsOf(prefix) : [options.epoch];
  const shown = options.all ? epochs : epochs.slice(-1);
  const out = options.out ?? dirname(prefix);
  ensureWritableFolder(out);
  const data = digitsOf(options);
  const backend = await startBackend(options.backend);
  const snapshots: Snapshot[] = [];
  await interruptible(async (signal) => {
    for (const epoch of shown) snapshots.push(await readSnapshot(prefix, epoch, options.layer, data, signal));
  });
  const last = snapshots.at(-1);
  const pictures = writePictures(out, snapshots, {
    title: `Features of digits: ${basename(prefix)}`,
    subtitle: `${shown.length > 1 ? `epochs ${shown[0]} to ${shown.at(-1)}` : `epoch ${shown[0]}`}, ${data.source}`,
  });
  if (options.json) {
    const { features: _, ...metrics } = { features: undefined, ...last?.metrics };
    console.log(JSON.stringify({ command: "plot", backend, epochs: shown, metrics, files: pictures }, null, 2));
    return;
  }
  console.log(`figure  ${pictures.figure}\npage    ${pictures.page}`);
}

function digitsOf({ data, seed, trainRange, testRange }: PlotOptions): DigitData {
  if (data === DRAWN) return drawnDigitData({ train: 1000, test: 1000, seed });
  return loadDigitData(data, {
    ...(trainRange === undefined ? {} : { trainRange }),
    ...(testRange === undefined ? {} : { testRange }),
  });
}

async function readSnapshot(prefix: string, epoch: number, layer: string, data: DigitData, signal: AbortSignal) {
  const { symbol, argParams, auxParams } = loadCheckpoint(prefix, epoch);
  const [, ...image] = data.test.images.shape;
  const reader = new FeatureReader(symbol, { parameters: new Map([...argParams, ...auxParams]), image, layer });
  try {
    const centers = [...auxParams].find(([name]) => name.endsWith(CENTERS))?.[1];
    if (centers === undefined || !(centers.data instanceof Float32Array)) {
      throw new UsageError(
        `"${checkpointPaths(prefix, epoch).params}" has no class centers (a state that ends in "${CENTERS}").`,
      );
    }
    return await takeSnapshot(reader, data, centers.data, epoch, { signal });
  } finally {
    reader.dispose();
  }
}
