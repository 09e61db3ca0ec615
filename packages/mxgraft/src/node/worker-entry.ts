/*
 * The process of `runInWorker`: imports the task's module, runs it and sends back how it ended.
 */
import { invariant } from "@mxgraft/base";
import type { WorkerTask } from "./run-in-worker.ts";
import type { FromWorker, ToWorker } from "./worker-protocol.ts";

function send(message: FromWorker): void {
  invariant(process.send, "worker-entry runs without a parent");
  process.send(message);
}

function sendError(error: unknown, usage: boolean): void {
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  send({ kind: "error", usage, name, message, ...(stack === undefined ? {} : { stack }) });
}

function isTask(value: unknown): value is WorkerTask {
  return typeof value === "function";
}

async function importTask(module: string): Promise<WorkerTask | undefined> {
  try {
    const { default: task }: { readonly default?: unknown } = await import(module);
    if (isTask(task)) return task;
    const found = task === undefined ? "no default export" : `a default export that is a ${typeof task}`;
    const message = `The module "${module}" has ${found}, expected a function (input, { signal, report }) as its default export.`;
    sendError(new Error(message), true);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    sendError(new Error(`The module "${module}" cannot be loaded in a worker: ${reason}`), true);
  }
  return undefined;
}

const controller = new AbortController();

async function run(module: string, input: unknown): Promise<void> {
  const task = await importTask(module);
  if (task === undefined) return;
  try {
    const report = (message: unknown) => send({ kind: "report", message });
    send({ kind: "result", result: await task(input, { signal: controller.signal, report }) });
  } catch (error) {
    sendError(error, false);
  }
}

process.on("message", (message: ToWorker) => {
  if (message.kind === "abort") controller.abort();
  else void run(message.module, message.input);
});
// Also when the parent has died: nobody wants the result any more.
process.on("disconnect", () => process.exit());
