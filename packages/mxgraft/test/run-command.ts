import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { vi } from "vitest";
import { runProgram } from "../src/cli/run-program.ts";

/** What a command left. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command in this process, which is quick. */
export async function runHere(...words: string[]): Promise<Ended> {
  const out: string[] = [];
  const err: string[] = [];
  const take = (into: string[]) => (text: unknown) => into.push(String(text)) > 0;
  const spies = [
    vi.spyOn(process.stdout, "write").mockImplementation(take(out)),
    vi.spyOn(process.stderr, "write").mockImplementation(take(err)),
    vi.spyOn(console, "log").mockImplementation((text) => void out.push(`${text}\n`)),
    vi.spyOn(console, "error").mockImplementation((text) => void err.push(`${text}\n`)),
  ];
  const before = process.exitCode;
  process.exitCode = undefined;
  try {
    const code = await runProgram(words);
    return { code, stdout: out.join(""), stderr: err.join("") };
  } finally {
    process.exitCode = before;
    for (const spy of spies) spy.mockRestore();
  }
}

const COMMAND = fileURLToPath(new URL("../bin/mxgraft.js", import.meta.url));

interface SpawnedOptions {
  readonly cwd?: string;
  readonly env?: Record<string, string>;
  /** Largest file it may write, in kilobytes. */
  readonly fileLimit?: number;
  /** Called with what it said so far on stderr, each time that it says something. */
  onStderr?(text: string, child: ChildProcess): void;
}

/** Runs the real command in a process of its own. */
export function runReal(words: readonly string[], options: SpawnedOptions = {}): Promise<Ended> {
  const limit = options.fileLimit === undefined ? "" : `ulimit -f ${options.fileLimit}; `;
  // Vitest asks for colours; beside the NO_COLOR of a CI run Node would warn about the two.
  const { MXGRAFT_BACKEND: _, NODE_OPTIONS: __, FORCE_COLOR: ___, ...env } = process.env;
  const child = spawn("bash", ["-c", `${limit}exec "$0" "$@"`, process.execPath, COMMAND, ...words], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...env, MXGRAFT_SOURCE: "1", ...options.env },
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
  });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk) => {
    stdout += chunk;
  });
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
    options.onStderr?.(stderr, child);
  });
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, stdout, stderr })));
}
