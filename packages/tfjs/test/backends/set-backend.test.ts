import { readFileSync } from "node:fs";
import { BackendError, UsageError } from "@mxgraft/base";
import * as tf from "@tensorflow/tfjs";
import { afterEach, describe, expect, test, vi } from "vitest";
import { backendStatus } from "../../src/backends/backend-status.ts";
import { setBackend } from "../../src/backends/set-backend.ts";
import { probeTensorflow } from "../../src/tensorflow/load-tensorflow.ts";

const tensorflow = probeTensorflow();
const withoutTensorflow = tensorflow.available ? "" : ` (skipped: tensorflow is ${tensorflow.reason})`;

afterEach(() => vi.restoreAllMocks());

/** 1 + 2 as the current backend computes it. */
async function onePlusTwo(): Promise<number | undefined> {
  const sum = tf.tidy(() => tf.add(tf.scalar(1), tf.scalar(2)));
  const [value] = await sum.data();
  sum.dispose();
  return value;
}

async function errorOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => undefined,
    (error: unknown) => error,
  );
}

describe("backends that need nothing", () => {
  test.for(["wasm", "cpu"] as const)("%s computes, and prints nothing", async (name) => {
    const spies = [vi.spyOn(console, "warn"), vi.spyOn(console, "log"), vi.spyOn(console, "info")];
    expect(await setBackend(name)).toBe(name);
    expect(tf.getBackend()).toBe(name);
    expect(await onePlusTwo()).toBe(3);
    for (const spy of spies) expect(spy).not.toHaveBeenCalled();
  });

  // The tests of this file run in order in one process; those that load TensorFlow come below.
  test("do not load libtensorflow", async () => {
    await setBackend("wasm");
    expect(readFileSync("/proc/self/maps", "utf8")).not.toContain("libtensorflow");
  });
});

describe("refuses", () => {
  test("a mistyped name, with the one that was meant", async () => {
    const error = await errorOf(setBackend("tensorflwo"));
    expect(error).toBeInstanceOf(BackendError);
    expect(error).toMatchObject({
      message: expect.stringMatching(
        /^Backend "tensorflwo" is not known\. Did you mean "tensorflow"\? Available here: .*"wasm", "cpu"\.$/,
      ),
      facts: { actual: "tensorflwo" },
    });
  });

  test("a backend that is not here, with the reason, and keeps the current one", async () => {
    await setBackend("cpu");
    const error = await errorOf(setBackend("webgl"));
    expect(error).toBeInstanceOf(BackendError);
    expect(error).toMatchObject({
      message: expect.stringMatching(
        /^Backend "webgl" is not available: it needs a browser\. Available here: .*"wasm", "cpu"\.$/,
      ),
    });
    expect(tf.getBackend()).toBe("cpu");
  });

  test.for([0, -1, 1.5, Number.NaN])("%s threads", async (threads) => {
    expect(await errorOf(setBackend("wasm", { threads }))).toBeInstanceOf(UsageError);
  });
});

test("the status lists every backend, with a reason for each that is missing", async () => {
  await setBackend("wasm");
  const statuses = await backendStatus();
  expect(statuses.map(({ name }) => name)).toEqual(["tensorflow", "webgpu", "wasm", "webgl", "cpu"]);
  for (const { available, reason } of statuses) expect(reason === undefined).toBe(available);
  expect(statuses.find(({ name }) => name === "webgl")?.reason).toBe("it needs a browser");
  expect(tf.getBackend()).toBe("wasm");
});

describe.skipIf(!tensorflow.available)(`tensorflow${withoutTensorflow}`, () => {
  test("computes with the number of threads that was asked for", async () => {
    expect(await setBackend("tensorflow", { threads: 1 })).toBe("tensorflow");
    expect(await onePlusTwo()).toBe(3);
    expect(process.env.TF_NUM_INTRAOP_THREADS).toBe("1");
  });

  test("does not change the number of threads later", async () => {
    const error = await errorOf(setBackend("tensorflow", { threads: 2 }));
    expect(error).toBeInstanceOf(UsageError);
    expect(error).toMatchObject({ message: expect.stringContaining("loaded with 1 threads and cannot change to 2") });
    expect(tf.getBackend()).toBe("tensorflow");
  });

  test("is what auto takes", async () => {
    await setBackend("cpu");
    expect(await setBackend("auto")).toBe("tensorflow");
  });

  test("shows its version in the status, and leaves the current backend", async () => {
    await setBackend("wasm");
    const [status] = await backendStatus({ start: true });
    expect(status).toMatchObject({
      available: true,
      detail: expect.stringMatching(/^TensorFlow \d+\.\d+\.\d+ on the /),
    });
    expect(tf.getBackend()).toBe("wasm");
  });

  test("operators that call util's removed functions work", async () => {
    await setBackend("tensorflow");
    const { values } = tf.topk(tf.tensor1d([1, 3, 2]), 2);
    expect([...(await values.data())]).toEqual([3, 2]);
  });
});
