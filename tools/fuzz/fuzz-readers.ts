import { Worker } from "node:worker_threads";
import type { FuzzMessage, FuzzTask, ReaderReport, SharedInput } from "./report.ts";

/** Longer than any input may take, by so much that no other load of the machine explains it. */
const HOPELESS = 10_000;
const LARGEST_INPUT = 2 ** 24;

export interface FuzzOptions {
  readonly names: readonly string[];
  readonly inputs: number;
  readonly seed: number;
  readonly onBegin?: (name: string) => void;
}

export interface FuzzResult {
  readonly reports: readonly ReaderReport[];
  /** The thread died, or never came back: in which reader, why, and on which input. */
  readonly crash?: { readonly name: string; readonly reason: string; readonly input: Uint8Array };
  /** Most memory that the process had, in bytes, and what it had before the first input. */
  readonly peakMemory: number;
  readonly memoryBefore: number;
}

/** Attacks readers in a thread, and watches it. */
export async function fuzzReaders({ names, inputs, seed, onBegin }: FuzzOptions): Promise<FuzzResult> {
  const shared: SharedInput = {
    bytes: new Uint8Array(new SharedArrayBuffer(LARGEST_INPUT)),
    state: new Int32Array(new SharedArrayBuffer(8)),
  };
  const workerData: FuzzTask = { names, inputs, seed, shared };
  const worker = new Worker(new URL("worker.ts", import.meta.url), {
    workerData,
    execArgv: ["--import", import.meta.resolve("mxgraft/register")],
  });
  const reports: ReaderReport[] = [];
  let name = names[0] ?? "";
  let memoryBefore = 0;
  let peakMemory = 0;
  let crash: FuzzResult["crash"];
  const lastInput = () => shared.bytes.slice(0, Atomics.load(shared.state, 1));
  let seen = { count: 0, since: performance.now() };
  const watch = setInterval(() => {
    peakMemory = Math.max(peakMemory, process.memoryUsage.rss());
    const count = Atomics.load(shared.state, 0);
    if (count !== seen.count || count === 0) seen = { count, since: performance.now() };
    else if (performance.now() - seen.since > HOPELESS) {
      crash = { name, reason: `it was still being read after ${HOPELESS / 1000} s`, input: lastInput() };
      void worker.terminate();
    }
  }, 50);
  try {
    await new Promise<void>((resolve) => {
      worker.on("message", (message: FuzzMessage) => {
        if (message.kind === "done") reports.push(message);
        else {
          name = message.name;
          memoryBefore ||= process.memoryUsage.rss();
          onBegin?.(name);
        }
      });
      worker.on("error", (error) => {
        crash ??= {
          name,
          reason: error instanceof Error ? (error.stack ?? error.message) : String(error),
          input: lastInput(),
        };
      });
      worker.on("exit", () => resolve());
    });
  } finally {
    clearInterval(watch);
    peakMemory = Math.max(peakMemory, process.resourceUsage().maxRSS * 1024);
  }
  return { reports, peakMemory, memoryBefore, ...(crash === undefined ? {} : { crash }) };
}
