import { fileURLToPath, pathToFileURL } from "node:url";
import { UsageError } from "@mxgraft/base";
import { backendStatus } from "@mxgraft/tfjs";
import { runInWorker } from "mxgraft/node";
import { expect, test } from "vitest";
import type { Order } from "./worker-tasks/tasks.ts";
import train from "./worker-tasks/train-task.ts";

const register = pathToFileURL(fileURLToPath(new URL("../bin/register.js", import.meta.url))).href;
const sources = { execArgv: ["--import", register], env: { ...process.env, MXGRAFT_SOURCE: "1" } };
const file = (name: string) => new URL(`./worker-tasks/${name}.ts`, import.meta.url);
const ask = <Result>(order: Order, options: Parameters<typeof runInWorker<Result, string>>[2] = {}) =>
  runInWorker<Result, string>(file("tasks"), order, { ...sources, ...options });

test("input, messages and result go over as they are", async () => {
  const messages: string[] = [];
  const value = { array: Float32Array.of(1, 2), map: new Map([["a", [1]]]) };
  expect(await ask({ kind: "echo", value }, { onMessage: (message) => messages.push(message) })).toEqual(value);
  expect(messages).toEqual(["asked to echo"]);
});

test("an error of the task arrives with its name and message", async () => {
  const error = await ask({ kind: "fail", message: "too far" }).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ name: "RangeError", message: "too far" });
  expect(error).toHaveProperty("stack", expect.stringContaining("tasks.ts"));
});

test.for(["wait", "spin"] as const)("a task that would %s is stopped with the signal's reason", async (kind) => {
  const controller = new AbortController();
  const reason = new Error("enough");
  const onMessage = () => controller.abort(reason);
  await expect(ask({ kind }, { signal: controller.signal, onMessage, patience: 200 })).rejects.toBe(reason);
});

test("a signal that has been given starts nothing", async () => {
  const reason = new Error("never");
  await expect(ask({ kind: "spin" }, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
});

test("a process that ends before its task is an error", async () => {
  await expect(ask({ kind: "exit", code: 3 })).rejects.toThrow(/ended with exit code 3 before its task/);
});

const wrong = [
  { module: "no-task", message: /has a default export that is a number, expected a function \(input, \{ signal, rep/ },
  { module: "nowhere", message: /nowhere\.ts" cannot be loaded in a worker: / },
];

test.for(wrong)("the module $module is refused", async ({ module, message }) => {
  const error = await runInWorker(file(module), undefined, sources).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(UsageError);
  expect(error).toHaveProperty("message", expect.stringMatching(message));
});

test.for(["tensorflow", "wasm"] as const)(
  "two workers train on %s beside each other, with this process's numbers",
  async (backend, { skip }) => {
    const [status] = await backendStatus({ names: [backend] });
    if (!status?.available) skip(`${backend} is not there: ${status?.reason}`);
    const batches: number[] = [];
    const [first, second] = await Promise.all([
      runInWorker<number[], number>(file("train-task"), { backend }, { ...sources, onMessage: (n) => batches.push(n) }),
      runInWorker<number[]>(file("train-task"), { backend }, sources),
    ]);
    const here = await train({ backend }, { signal: new AbortController().signal, report: () => {} });
    expect(first).toEqual(here);
    expect(second).toEqual(here);
    expect(batches).toEqual(Array.from({ length: 24 }, (_, i) => i));
  },
);
