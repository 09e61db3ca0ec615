import { execFile } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { arch, availableParallelism, cpus, platform, release, totalmem } from "node:os";
import { promisify } from "node:util";
import { type CompiledModeState, compiledModeState } from "@mxgraft/executor";
import { type BackendName, type BackendStatus, backendStatus } from "@mxgraft/tfjs";
import { type NativeOperatorsStatus, nativeOperatorsStatus, type TfjsCopy, tfjsCopies } from "@mxgraft/tfjs/doctor";
import { cacheFolder } from "@mxgraft/tfjs/setup";
import Table from "cli-table3";
import { setBackend } from "../../backend.ts";
import { checkBackendName } from "../start-backend.ts";
import type { DoctorOptions } from "./doctor.ts";

/** What the doctor finds. */
interface Diagnosis {
  readonly node: string;
  readonly platform: string;
  readonly processor: string;
  readonly memoryGigabytes: number;
  readonly threads: { readonly available: number; readonly tensorflow: string };
  readonly backends: readonly BackendStatus[];
  /** Operators in C++ for the backend "tensorflow", which is slower without them. */
  readonly nativeOperators: readonly NativeOperatorsStatus[];
  /** What `--backend` (auto, if it is left out) takes; `null` when nothing starts. */
  readonly chosen: { readonly asked: string; readonly backend: BackendName | null; readonly reason?: string };
  /** Whether graphs are compiled on the chosen backend, what runs them, and why not or not as fast as can be. */
  readonly compiled: CompiledModeState;
  readonly tfjsCopies: readonly TfjsCopy[];
  readonly oneDNN: string;
  readonly cuda: { readonly gpus: readonly string[]; readonly reason?: string };
  readonly cache: { readonly folder: string; readonly holds: readonly string[] };
  readonly problems: readonly string[];
}

async function chosenBackend(asked: BackendName | "auto"): Promise<Diagnosis["chosen"]> {
  try {
    return { asked, backend: await setBackend(asked) };
  } catch (error) {
    return { asked, backend: null, reason: error instanceof Error ? error.message : String(error) };
  }
}

async function gpus(): Promise<Diagnosis["cuda"]> {
  try {
    const query = ["--query-gpu=name,driver_version,memory.total", "--format=csv,noheader"];
    const { stdout } = await promisify(execFile)("nvidia-smi", query, { timeout: 10_000 });
    const found = stdout.split("\n").filter((line) => line.trim() !== "");
    return found.length > 0 ? { gpus: found } : { gpus: [], reason: "nvidia-smi lists no GPU" };
  } catch (error) {
    const missing = error instanceof Error && "code" in error && error.code === "ENOENT";
    const text = error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
    return { gpus: [], reason: missing ? "no NVIDIA driver: there is no nvidia-smi" : `nvidia-smi fails: ${text}` };
  }
}

function oneDnn(setByUser: string | undefined): string {
  if (setByUser !== undefined) return `${setByUser === "0" ? "off" : "on"}, by TF_ENABLE_ONEDNN_OPTS=${setByUser}`;
  return "on, which mxgraft sets; TF_ENABLE_ONEDNN_OPTS=0 switches it off";
}

async function diagnose(asked: BackendName | "auto"): Promise<Diagnosis> {
  // Read before a backend starts: starting TensorFlow sets some of them.
  const { TF_ENABLE_ONEDNN_OPTS: setByUser, TF_NUM_INTRAOP_THREADS: threads } = process.env;
  const backends = await backendStatus({ start: true });
  const chosen = await chosenBackend(asked);
  const copies = tfjsCopies();
  const folder = cacheFolder();
  const problems: string[] = [];
  if (chosen.backend === null) problems.push(`--backend ${asked} does not start: ${chosen.reason}`);
  if (copies.length > 1) {
    problems.push(
      `There are ${copies.length} copies of @tensorflow/tfjs-core; tensors and kernels of one are unknown to the other. Run "npm dedupe".`,
    );
  }
  return {
    node: process.version,
    platform: `${platform()} ${arch()}, ${release()}`,
    processor: cpus()[0]?.model.trim() ?? "unknown",
    memoryGigabytes: Math.round(totalmem() / 1e8) / 10,
    threads: {
      available: availableParallelism(),
      tensorflow: threads === undefined ? "its own choice" : `${threads}, by TF_NUM_INTRAOP_THREADS`,
    },
    backends,
    nativeOperators: await nativeOperatorsStatus(),
    chosen,
    compiled: await compiledModeState(),
    tfjsCopies: copies,
    oneDNN: oneDnn(setByUser),
    cuda: await gpus(),
    cache: { folder, holds: existsSync(folder) ? readdirSync(folder).filter((name) => !name.startsWith(".")) : [] },
    problems,
  };
}

/** A table without lines, whose last column wraps at the width of the terminal. */
function plainTable(rows: readonly (readonly string[])[], widths: readonly number[]): string {
  const left = widths.reduce((sum, width) => sum + width, 0);
  const last = Math.max(40, Math.min(process.stdout.columns ?? 120, 140) - left - 2);
  const none = Object.fromEntries(
    ["top", "top-mid", "top-left", "top-right", "bottom", "bottom-mid", "bottom-left", "bottom-right"]
      .concat(["left", "left-mid", "mid", "mid-mid", "right", "right-mid", "middle"])
      .map((place) => [place, ""]),
  );
  const table = new Table({
    chars: none,
    style: { head: [], border: [], "padding-left": 0, "padding-right": 2 },
    colWidths: [...widths, last],
    wordWrap: true,
  });
  for (const row of rows) table.push([...row]);
  return table
    .toString()
    .split("\n")
    .map((line) => `  ${line.trimEnd()}`)
    .join("\n");
}

function compiledText(state: CompiledModeState): string {
  if (!state.available) return `no: ${state.reason}`;
  if (state.carrier === "function") return "yes: graphs run as functions of TensorFlow";
  return `yes: graphs run in sessions of TensorFlow, slower than functions: ${state.reason}`;
}

function textOf(diagnosis: Diagnosis): string {
  const { chosen, compiled, cuda, cache, threads } = diagnosis;
  const backends = diagnosis.backends.map(({ name, available, reason, detail }) => [
    name === chosen.backend ? `${name} *` : name,
    available ? "yes" : "no",
    available ? (detail ?? "") : (reason ?? ""),
  ]);
  const copies = diagnosis.tfjsCopies.map(
    ({ version, folder, usedBy }) => `tfjs-core ${version} in ${folder}, used by ${usedBy.length} packages`,
  );
  const facts = [
    ["Node", diagnosis.node],
    ["System", diagnosis.platform],
    ["Processor", `${diagnosis.processor}; ${threads.available} threads, ${diagnosis.memoryGigabytes} GB of memory`],
    ["TensorFlow", `threads: ${threads.tensorflow}; oneDNN: ${diagnosis.oneDNN}`],
    ["Compiled", compiledText(compiled)],
    ["CUDA", cuda.gpus.length > 0 ? cuda.gpus.join("; ") : (cuda.reason ?? "")],
    ["tfjs", copies.join("; ")],
    ["Cache", `${cache.folder}${cache.holds.length > 0 ? `: ${cache.holds.join(", ")}` : ", empty"}`],
  ];
  const native = diagnosis.nativeOperators.map(({ name, package: owner, state, reason }) => [
    name,
    reason === undefined ? "yes" : "no",
    reason ?? `${state}, of ${owner}`,
  ]);
  const nativeTable =
    native.length === 0
      ? ""
      : `\nNative operators of the backend tensorflow, optional\n${plainTable(native, [19, 5])}\n`;
  const verdict = diagnosis.problems.length === 0 ? "All is well." : `Problems:\n  ${diagnosis.problems.join("\n  ")}`;
  return `${plainTable(facts, [12])}

Backends (* is what --backend ${chosen.asked} takes)
${plainTable(backends, [19, 5])}
${nativeTable}
${verdict}`;
}

/** What `mxgraft doctor` does. */
export async function runDoctor({ backend, json = false }: DoctorOptions): Promise<void> {
  const diagnosis = await diagnose(checkBackendName(backend));
  console.log(json ? JSON.stringify({ command: "doctor", ...diagnosis }, null, 2) : textOf(diagnosis));
  if (diagnosis.problems.length > 0) process.exitCode = 1;
}
