/**
 * `node tools/run.js load-speed [--megabytes 100] [--rounds 15] [--json]`: how long a `.params` file takes to load,
 * measured in turns with plainly reading it, and how much memory its arrays keep once they are on a backend.
 * Exit code 1 when loading takes twice the time of reading or more, or when more than the arrays' own size stays.
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { float32Array, Random } from "@mxgraft/base";
import { loadParams, saveParams } from "@mxgraft/files/node";
import { createTensorCell, type TensorCell } from "@mxgraft/tfjs";
import { setBackend } from "mxgraft";

const { values } = parseArgs({
  options: {
    megabytes: { type: "string", default: "100" },
    rounds: { type: "string", default: "15" },
    backend: { type: "string", default: "auto" },
    json: { type: "boolean", default: false },
  },
});
const [megabytes, rounds] = [Number(values.megabytes), Number(values.rounds)];
/** As many as a ResNet-50 has; a quarter of them large, the others a thousandth of the rest. */
const ARRAYS = 160;

setFlagsFromString("--expose-gc");
const collect: () => void = runInNewContext("gc");

function writeFile(file: string): void {
  const total = (megabytes * 2 ** 20) / 4;
  const large = Math.floor((total * 0.999) / (ARRAYS / 4));
  const small = Math.floor((total * 0.001) / ((3 * ARRAYS) / 4));
  const random = new Random(1);
  const weights = Array.from({ length: large }, () => random.normal());
  const entries = Array.from({ length: ARRAYS }, (_, i) => {
    const array = i % 4 === 0 ? float32Array([large], weights) : float32Array([small]);
    return [`arg:layer${i}_weight`, array] as const;
  });
  saveParams(file, new Map(entries));
}

/** What the collector frees in the background is gone after a few turns. */
async function collectAll(): Promise<void> {
  for (let i = 0; i < 4; i++) {
    collect();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function median(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;
}

/** Milliseconds of each, in turns, so that whatever else the machine does meets both alike. */
function measure(file: string): { read: number; load: number } {
  const read: number[] = [];
  const load: number[] = [];
  for (let round = -2; round < rounds; round++) {
    for (const [times, action] of [
      [read, () => readFileSync(file)],
      [load, () => loadParams(file)],
    ] as const) {
      collect();
      const start = performance.now();
      action();
      if (round >= 0) times.push(performance.now() - start);
    }
  }
  return { read: median(read), load: median(load) };
}

/** Bytes of typed arrays that are still there when all arrays of the file are in cells and nobody holds the file. */
async function bytesAfterUpload(file: string): Promise<number> {
  await collectAll();
  const before = process.memoryUsage().arrayBuffers;
  const cells: TensorCell[] = [];
  const upload = () => {
    for (const { name = "", array } of loadParams(file).entries) {
      if ("stype" in array) continue;
      const cell = createTensorCell(name, array.shape, array.dtype);
      cell.set(array);
      cells.push(cell);
    }
  };
  upload();
  await collectAll();
  const after = process.memoryUsage().arrayBuffers;
  for (const cell of cells) cell.dispose();
  return after - before;
}

const folder = mkdtempSync(join(tmpdir(), "mxgraft-load-"));
try {
  const backend = await setBackend(values.backend);
  const file = join(folder, "large.params");
  writeFile(file);
  collect();
  const { read, load } = measure(file);
  const kept = (await bytesAfterUpload(file)) / 2 ** 20;
  const ratio = load / read;
  if (values.json)
    console.log(JSON.stringify({ megabytes, rounds, backend, readMs: read, loadMs: load, ratio, keptMegabytes: kept }));
  else {
    console.log(
      `${megabytes} MB: reading ${read.toFixed(1)} ms, loading ${load.toFixed(1)} ms, ${ratio.toFixed(2)} times as long (medians of ${rounds}, in turns).`,
    );
    console.log(`On backend ${backend}, ${kept.toFixed(1)} MB of JavaScript's memory hold them afterwards.`);
  }
  process.exitCode = ratio < 2 && kept < 1.05 * megabytes ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
