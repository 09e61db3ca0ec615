import { afterEach, expect, test } from "vitest";
import { type WorkerCommand, WorkerProcess } from "../../bench/run/worker-process.ts";
import { fakeWorker } from "./fake-worker.ts";

const workers: WorkerProcess[] = [];
const start = (command: WorkerCommand) => {
  const worker = new WorkerProcess("fake", command);
  workers.push(worker);
  return worker;
};
const job = { work: "step", folder: "inputs", settings: { batch: 2 } };

afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.close()));
});

test("prepares and runs, over what libraries print", async () => {
  const worker = start(fakeWorker({ loss: [1, 0.5] }, [1, 2, 3], "noise"));
  expect(await worker.prepare(job)).toEqual({ check: { loss: [1, 0.5] }, facts: { folder: "inputs", batch: 2 } });
  expect(await worker.run(2)).toEqual([1, 2]);
  expect(await worker.run(2, 1)).toEqual([3, 1]);
});

const faults = [
  { fault: "dies", expected: 'Worker "fake": ended with exit code 3\n  out of memory' },
  { fault: "fails", expected: 'Worker "fake": no such work' },
] as const;

test.for(faults)("says that a worker $fault", async ({ fault, expected }) => {
  const worker = start(fakeWorker({}, [1], fault));
  await expect(worker.prepare(job)).rejects.toThrow(expected);
});

test("refuses fewer times than were asked for", async () => {
  const worker = start(fakeWorker({}, [1], "too-few"));
  await worker.prepare(job);
  await expect(worker.run(3)).rejects.toThrow('answers "run" with [1,1], expected 3 times');
});

test("says that a program is not there, also when asked again", async () => {
  const worker = start({ command: "no-such-program-of-mxgraft", args: [] });
  await expect(worker.prepare(job)).rejects.toThrow("cannot be started");
  await expect(worker.run(1)).rejects.toThrow("cannot be started");
});

test("answers one question at a time", async () => {
  const worker = start(fakeWorker({}, [1]));
  const first = worker.prepare(job);
  await expect(worker.run(1)).rejects.toThrow("before it answered");
  await first;
});
