import { readdirSync } from "node:fs";
import { basename, dirname } from "node:path";
import { FileError, UsageError } from "@mxgraft/base";
import { checkpointPaths, loadCheckpoint } from "@mxgraft/module/node";
import type { Snapshot } from "@mxgraft/plot";
import type { DigitData } from "../../digits/digit-set.ts";
import { drawnDigitData } from "../../digits/drawn-digit-data.ts";
import { FeatureReader } from "../../digits/feature-reader.ts";
import { takeSnapshot } from "../../digits/snapshot-taker.ts";
import { ensureWritableFolder } from "../../node/ensure-writable-folder.ts";
import { writePictures } from "../../node/write-pictures.ts";
import { interruptible } from "../interruption.ts";
import { loadDigitFiles } from "../load-digit-files.ts";
import { startBackend } from "../start-backend.ts";
import { WrongUsage } from "../wrong-usage.ts";
import type { PlotOptions } from "./plot.ts";

const DRAWN = "drawn";
const CENTERS = "center_bias";

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

/** What `mxgraft plot` does. */
export async function runPlot(prefix: string, options: PlotOptions): Promise<void> {
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
  const pictures = writePictures(out, snapshots, {
    title: `Features of digits: ${basename(prefix)}`,
    subtitle: `${shown.length > 1 ? `epochs ${shown[0]} to ${shown.at(-1)}` : `epoch ${shown[0]}`}, ${data.source}`,
  });
  if (options.json) {
    const { metrics } = snapshots.at(-1) ?? {};
    console.log(JSON.stringify({ command: "plot", backend, epochs: shown, metrics, files: pictures }, null, 2));
    return;
  }
  console.log(`figure  ${pictures.figure}\npage    ${pictures.page}`);
}

function digitsOf({ data, seed, ...ranges }: PlotOptions): DigitData {
  if (data === DRAWN) return drawnDigitData({ train: 1000, test: 1000, seed });
  return loadDigitFiles(data, ranges);
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
