import { cpus, loadavg, type as systemType, totalmem } from "node:os";
import { peers } from "../peers/peers.ts";
import { WorkerProcess } from "./worker-process.ts";

/** What was measured on. */
export interface Machine {
  readonly processor: string;
  readonly cores: number;
  /** GB. */
  readonly memory: number;
  readonly system: string;
  readonly node: string;
  readonly backend: string;
  /** Of libtensorflow, on the backend "tensorflow". */
  readonly tensorflow: string | null;
  /** Environment variables that change how TensorFlow computes. */
  readonly flags: Readonly<Record<string, string>>;
  /** Processes that wanted to run in the last minute, before we began. */
  readonly load: number;
  /** As STREAM counts them, all cores together, GB/s. */
  readonly bandwidth: { readonly copy: number; readonly triad: number };
  /** 32-bit matrix products on the backend, and in WebAssembly, GFLOP/s. */
  readonly matrices: { readonly backend: number; readonly wasm: number };
  /** ISO date of the run. */
  readonly date: string;
}

const FLAGS = ["TF_ENABLE_ONEDNN_OPTS", "TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS", "OMP_NUM_THREADS"];

async function rates(backend: string): Promise<Readonly<Record<string, string | number>>> {
  const command = peers.mxgraft.find(process.env);
  if ("missing" in command) throw new Error(command.missing);
  const worker = new WorkerProcess(`machine, ${backend}`, command);
  try {
    const { facts } = await worker.prepare({ work: "machine-rates", folder: ".", settings: { backend } });
    return facts;
  } finally {
    await worker.close();
  }
}

/** Looks at the machine and measures what it can do at most. */
export async function describeMachine(backend: string): Promise<Machine> {
  const [load = 0] = loadavg();
  const best = await rates(backend);
  const wasm = best.backend === "wasm" ? best : await rates("wasm");
  const processors = cpus();
  const set = FLAGS.flatMap((flag) => (process.env[flag] === undefined ? [] : [[flag, process.env[flag]] as const]));
  const onednn = best.onednn === undefined ? {} : { TF_ENABLE_ONEDNN_OPTS: String(best.onednn) };
  return {
    processor: processors[0]?.model.trim() ?? "unknown processor",
    cores: processors.length,
    memory: Math.round(totalmem() / 1e9),
    system: `${systemType()} ${process.arch}`,
    node: process.versions.node,
    backend: String(best.backend),
    tensorflow: best.tensorflow === undefined ? null : String(best.tensorflow),
    flags: { ...onednn, ...Object.fromEntries(set) },
    load: Number(load.toFixed(2)),
    bandwidth: { copy: Number(best.copy), triad: Number(best.triad) },
    matrices: { backend: Number(best.gflops), wasm: Number(wasm.gflops) },
    date: new Date().toISOString().slice(0, 10),
  };
}

/** The machine in a line. */
export function machineLine(machine: Machine): string {
  const { processor, cores, memory, system, node, tensorflow, backend, flags, load, bandwidth, matrices } = machine;
  const set = Object.entries(flags).map(([flag, value]) => `${flag}=${value}`);
  return [
    `${processor}, ${cores} cores, ${memory} GB`,
    system,
    `Node ${node}`,
    `backend ${backend}${tensorflow === null ? "" : ` (TensorFlow ${tensorflow})`}`,
    ...set,
    `load ${load} before the run`,
    `memory ${bandwidth.copy} GB/s copy, ${bandwidth.triad} GB/s triad`,
    `matrix products ${matrices.backend} GFLOP/s, in WebAssembly ${matrices.wasm}`,
  ].join("; ");
}
