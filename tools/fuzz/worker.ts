/**
 * Attacks one reader after the other in a thread of its own, so that whoever watches can tell a crash or an endless
 * loop and knows the input: it lies in shared memory before it is read.
 */
import { parentPort, workerData } from "node:worker_threads";
import { invariant } from "@mxgraft/base";
import { attackReader } from "./attack-reader.ts";
import { readers } from "./readers.ts";
import type { FuzzTask, SharedInput } from "./report.ts";

const { names, inputs, seed, shared }: FuzzTask = workerData;
invariant(parentPort, "the worker has no parent");

function announce({ bytes, state }: SharedInput, input: Uint8Array): void {
  bytes.set(input.subarray(0, bytes.length));
  Atomics.store(state, 1, Math.min(input.length, bytes.length));
  Atomics.add(state, 0, 1);
}

for (const [place, name] of names.entries()) {
  const reader = readers[name]?.();
  invariant(reader, `there is no reader "${name}"`);
  parentPort.postMessage({ kind: "begun", name });
  const options = { inputs: Math.ceil(inputs / names.length), seed: seed + 1000 * place };
  parentPort.postMessage(attackReader(name, reader, { ...options, onInput: (input) => announce(shared, input) }));
}
