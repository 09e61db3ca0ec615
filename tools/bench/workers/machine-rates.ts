import { cpus } from "node:os";
import { Worker } from "node:worker_threads";
import * as tf from "@tensorflow/tfjs";
import type { Job } from "../run/protocol.ts";
import type { Work } from "./serve.ts";

/** Numbers of each of the three arrays of a thread: larger together than any cache. */
const STREAM = 1 << 23;
const REPEATS = 8;
/** Rows and columns of the matrices: large enough for the full rate, small enough for WebAssembly. */
const MATRIX = { tensorflow: 1536, other: 512 };

/** Bytes per second that all threads together move, in GB/s, as STREAM counts them. */
async function bandwidth(): Promise<{ copy: number; triad: number }> {
  const threads = cpus().length;
  const gate = new Int32Array(new SharedArrayBuffer(4));
  const run = () =>
    new Promise<[number, number]>((resolve, reject) => {
      const workerData = { count: STREAM, repeats: REPEATS, gate, threads };
      const worker = new Worker(new URL("./stream-thread.js", import.meta.url), { workerData, execArgv: [] });
      worker.once("message", resolve);
      worker.once("error", reject);
    });
  const times = await Promise.all(Array.from({ length: threads }, run));
  const slowest = (which: 0 | 1) => Math.max(...times.map((time) => time[which])) / 1e3;
  return { copy: (threads * STREAM * 16) / slowest(0) / 1e9, triad: (threads * STREAM * 24) / slowest(1) / 1e9 };
}

/** Multiplications and additions of a product of two matrices in 32-bit numbers, in GFLOP/s, on the current backend. */
async function matrixRate(): Promise<number> {
  const size = tf.getBackend() === "tensorflow" ? MATRIX.tensorflow : MATRIX.other;
  const a = tf.randomUniform([size, size]);
  const b = tf.randomUniform([size, size]);
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < REPEATS; i++) {
    const begun = performance.now();
    const product = tf.matMul(a, b);
    const read = tf.slice(product, [0, 0], [1, 1]);
    await read.data();
    best = Math.min(best, (performance.now() - begun) / 1e3);
    tf.dispose([product, read]);
  }
  tf.dispose([a, b]);
  return (2 * size ** 3) / best / 1e9;
}

/** What the machine can do at most: how fast it moves memory and multiplies matrices. */
export async function machineRates(_: Job): Promise<Work> {
  const { copy, triad } = await bandwidth();
  const gflops = await matrixRate();
  const { TF_ENABLE_ONEDNN_OPTS: onednn } = process.env;
  const native: unknown = tf.getBackend() === "tensorflow" ? Reflect.get(tf.backend(), "binding") : undefined;
  const version =
    typeof native === "object" && native !== null && "TF_Version" in native ? String(native.TF_Version) : "";
  return {
    facts: {
      copy: Number(copy.toFixed(2)),
      triad: Number(triad.toFixed(2)),
      gflops: Number(gflops.toFixed(1)),
      ...(version === "" ? {} : { tensorflow: version }),
      ...(onednn === undefined ? {} : { onednn: Number(onednn) }),
    },
    step: () => undefined,
  };
}
