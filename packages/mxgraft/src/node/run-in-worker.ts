import { type ForkOptions, fork } from "node:child_process";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { UsageError } from "@mxgraft/base";
import type { FromWorker, ToWorker } from "./worker-protocol.ts";

/** What a task gets beside its input. */
export interface WorkerContext<Message = unknown> {
  /** Aborts when the one given to `runInWorker` does: pass it on to `fit`, `score` or `runModel`. */
  readonly signal: AbortSignal;
  /** Sends a message, how far it is for instance, to `onMessage`. */
  readonly report: (message: Message) => void;
}

/** The default export of a module for `runInWorker`. */
export type WorkerTask<Input = unknown, Result = unknown, Message = unknown> = (
  input: Input,
  context: WorkerContext<Message>,
) => Result | Promise<Result>;

export interface RunInWorkerOptions<Message = unknown>
  extends Pick<ForkOptions, "cwd" | "env" | "execArgv" | "execPath"> {
  /** Called with what the task reports. */
  readonly onMessage?: (message: Message) => void;
  /** Stops the task with its reason. */
  readonly signal?: AbortSignal;
  /** Milliseconds after which a task that does not heed the signal is ended, default 10,000. */
  readonly patience?: number;
}

const PATIENCE = 10_000;

/**
 * Runs a task in a process of its own, so that a call that takes long (a step of a large network is one call of
 * TensorFlow) stops neither a server's answers nor a progress bar. The process has its own backend, arrays and
 * registered operators; input, messages and result are copied as by `structuredClone`. It is no thread: TensorFlow.js's
 * native addon does not survive being loaded by several at once.
 *
 *   // train.ts
 *   const task: WorkerTask<string, number, string> = async (folder, { signal, report }) => { await setBackend("auto"); ... };
 *   export default task;
 *   // server.ts
 *   const accuracy = await runInWorker<number>(new URL("./train.ts", import.meta.url), folder, { onMessage: console.log });
 *
 * A module in TypeScript needs `execArgv: ["--import", import.meta.resolve("mxgraft/register")]`.
 *
 * @param module  a `file:` URL of a module whose default export is a `WorkerTask`.
 * @throws UsageError  the module cannot be loaded, or has no such export.
 * @throws the error of the task, with its name, message and stack; the reason of `signal`; an Error when the process
 *   ends before the task.
 */
export async function runInWorker<Result = unknown, Message = unknown>(
  module: URL | string,
  input?: unknown,
  options: RunInWorkerOptions<Message> = {},
): Promise<Result> {
  const { onMessage, signal, patience = PATIENCE, ...given } = options;
  signal?.throwIfAborted();
  const { href } = new URL(module);
  // In the sources this file is TypeScript, and so is the worker's.
  const entry = new URL(`./worker-entry${extname(import.meta.url)}`, import.meta.url);
  const worker = fork(fileURLToPath(entry), [], { ...given, serialization: "advanced" });
  const send = (message: ToWorker) => worker.send(message);
  let deadline: NodeJS.Timeout | undefined;
  const abort = () => {
    if (worker.connected) send({ kind: "abort" });
    deadline = setTimeout(() => worker.kill("SIGKILL"), patience);
  };
  signal?.addEventListener("abort", abort, { once: true });
  try {
    return await new Promise<Result>((resolve, reject) => {
      worker.on("message", (message: FromWorker<Result, Message>) => {
        if (message.kind === "report") onMessage?.(message.message);
        else if (message.kind === "result") resolve(message.result);
        else reject(errorOf(message));
      });
      worker.on("error", reject);
      worker.on("exit", (code, killedBy) =>
        reject(new Error(`The worker of "${href}" ended with ${killedBy ?? `exit code ${code}`} before its task.`)),
      );
      send({ kind: "start", module: href, input });
    });
  } catch (error) {
    throw signal?.aborted ? signal.reason : error;
  } finally {
    clearTimeout(deadline);
    signal?.removeEventListener("abort", abort);
    // It ends when nobody listens any more.
    if (worker.connected) worker.disconnect();
  }
}

function errorOf({ usage, name, message, stack }: Extract<FromWorker, { kind: "error" }>): Error {
  if (usage) return new UsageError(message);
  const error = new Error(message);
  error.name = name;
  if (stack !== undefined) error.stack = stack;
  return error;
}
