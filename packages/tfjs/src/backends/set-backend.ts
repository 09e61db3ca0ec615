import { BackendError, didYouMean, UsageError } from "@mxgraft/base";
import * as tf from "@tensorflow/tfjs";
import { host } from "#backend-host";
import type { BackendOptions, Probe } from "./backend-host.ts";
import { BACKEND_NAMES, type BackendName, isBackendName } from "./backend-name.ts";
import { checkOneCore } from "./check-one-core.ts";
import { silenceCpuBanner } from "./cpu-banner.ts";
import { withoutNoise } from "./without-noise.ts";

/** Why a backend could not be started, until it is; `backendStatus` shows it. */
const failures = new Map<BackendName, string>();

/** What is known about a backend, with the outcome of an earlier try to start it. */
export async function probe(name: BackendName): Promise<Probe> {
  const failure = failures.get(name);
  return failure === undefined ? host.probe(name) : { available: false, reason: failure };
}

async function availableNames(): Promise<string> {
  const names: string[] = [];
  for (const name of BACKEND_NAMES) if ((await probe(name)).available) names.push(`"${name}"`);
  return names.join(", ");
}

/** Starts a backend and makes it the current one, or throws and leaves the current one as it was. */
async function start(name: BackendName, options: BackendOptions): Promise<void> {
  const before = tf.getBackend();
  await withoutNoise(
    async () => {
      await host.load(name, options);
      // tfjs answers a backend that fails to start with `false` or with another backend, not with an error.
      const done = await tf.setBackend(name);
      if (!done || tf.getBackend() !== name) throw new BackendError(`it does not start`);
      silenceCpuBanner();
      checkOneCore(tf);
    },
    (error, warnings) => {
      // The caller's mistake says nothing about the backend.
      if (error instanceof UsageError) return error;
      const reason = [error instanceof Error ? error.message : String(error), ...warnings].join("; ");
      failures.set(name, reason);
      return new BackendError(reason, { actual: name }, { cause: error });
    },
  ).catch(async (error: unknown) => {
    if (before && tf.getBackend() !== before) await tf.setBackend(before);
    throw error;
  });
  failures.delete(name);
}

/** Backends that `"auto"` would try, best first: those that seem to work, and fast. */
async function* candidates(): AsyncGenerator<BackendName> {
  for (const name of host.preference) {
    const found = await probe(name);
    if (found.available && found.slow !== true) yield name;
  }
}

/** The backend that `setBackend("auto")` would try first. Nothing is started for it. */
export async function preferredBackend(): Promise<BackendName> {
  for await (const name of candidates()) return name;
  return "cpu";
}

async function startBest(options: BackendOptions): Promise<BackendName> {
  const reasons: string[] = [];
  for await (const name of candidates()) {
    try {
      await start(name, options);
      return name;
    } catch (error) {
      if (error instanceof UsageError) throw error;
      const reason = error instanceof Error ? error.message : String(error);
      reasons.push(`"${name}": ${reason}`);
      // It is there and yet does not work: whoever set it up wants to know.
      console.warn(`Backend "${name}" is there but does not start: ${reason}. Trying the next one.`);
    }
  }
  throw new BackendError(`No backend can be started here. ${reasons.join(". ")}.`);
}

/**
 * Makes a backend the one that everything computes on. Never falls back to another one.
 *
 * @param name  "auto" takes the best that works: in Node "tensorflow", "webgpu" (on a real graphics card), "wasm",
 *   "cpu"; in browsers "webgpu", "webgl", "wasm", "cpu".
 * @returns the name of the backend.
 * @throws BackendError  the name is unknown, or the backend is not available; says why and which ones are.
 * @throws UsageError    the number of threads is no positive integer, or comes too late.
 */
export async function setBackend(name: string, options: BackendOptions = {}): Promise<BackendName> {
  const { threads } = options;
  if (threads !== undefined && !(Number.isInteger(threads) && threads >= 1)) {
    throw new UsageError(`The number of threads is ${threads}, expected an integer of at least 1.`, {
      argument: "threads",
      actual: threads,
    });
  }
  if (name === "auto") return startBest(options);
  if (!isBackendName(name)) {
    throw new BackendError(
      `Backend "${name}" is not known.${didYouMean(name, ["auto", ...BACKEND_NAMES])} Available here: ${await availableNames()}.`,
      { argument: "backend", actual: name, expected: ["auto", ...BACKEND_NAMES] },
    );
  }
  const found = await probe(name);
  // A backend that failed once is tried again: what was missing may have been set up meanwhile.
  if (!found.available && !failures.has(name)) {
    throw new BackendError(
      `Backend "${name}" is not available: ${found.reason}. Available here: ${await availableNames()}.`,
      { argument: "backend", actual: name },
    );
  }
  try {
    await start(name, options);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new BackendError(
      `Backend "${name}" cannot be started: ${reason}. Available here: ${await availableNames()}.`,
      { argument: "backend", actual: name },
      { cause: error },
    );
  }
  return name;
}
