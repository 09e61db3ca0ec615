import { fileURLToPath } from "node:url";
import type { WorkerCommand } from "../../bench/run/worker-process.ts";

const FILE = fileURLToPath(new URL("./fake-peer.js", import.meta.url));

/** How to start a worker that gives these numbers and times. */
export function fakeWorker(
  check: Readonly<Record<string, readonly (number | null)[]>>,
  times: readonly number[],
  fault: "" | "noise" | "dies" | "fails" | "too-few" = "",
): WorkerCommand {
  return { command: process.execPath, args: [FILE, JSON.stringify(check), JSON.stringify(times), fault] };
}
