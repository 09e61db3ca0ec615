import { createRequire } from "node:module";
import { join } from "node:path";
import util from "node:util";
import { BackendError, UsageError } from "@mxgraft/base";
import * as tf from "@tensorflow/tfjs";
import type { Probe } from "../backends/backend-host.ts";
import { loadQuietly } from "./load-quietly.ts";
import { tensorflowFacts } from "./tfjs-node-backend.ts";
import { addonState, SET_UP_TENSORFLOW, TFJS_NODE, tfjsNodeFolder } from "./tfjs-node-package.ts";

const require = createRequire(import.meta.url);

/** Whether the native backend is installed, built and linked; does not load it. */
export function probeTensorflow(): Probe {
  const folder = tfjsNodeFolder();
  if (folder === undefined) {
    return { available: false, reason: `not installed: run "npm install --ignore-scripts ${TFJS_NODE}@4.22.0"` };
  }
  const facts = tensorflowFacts();
  if (facts !== undefined) {
    return { available: true, detail: `TensorFlow ${facts.version} on the ${facts.gpu ? "GPU" : "processor"}` };
  }
  const addon = addonState(folder);
  switch (addon.state) {
    case "missing":
      return { available: false, reason: `not set up: ${SET_UP_TENSORFLOW}` };
    case "dangling":
      return { available: false, reason: `its files are gone from the cache folder: ${SET_UP_TENSORFLOW}` };
    case "present":
      return { available: true, detail: addon.file };
    default:
      return addon satisfies never;
  }
}

/**
 * tfjs-node calls `util.isNullOrUndefined` and `util.isArray` for every operation. Node 23 removed them, Node 22 warns
 * of them, so they are put there as what they always were.
 */
function bringBackUtilFunctions(): void {
  const define = (name: string, value: (x: unknown) => boolean) =>
    Object.defineProperty(util, name, { value, configurable: true, writable: true, enumerable: false });
  define("isNullOrUndefined", (x) => x === null || x === undefined);
  define("isArray", Array.isArray);
}

/** TensorFlow reads these when it is loaded. What the user set stays. */
function setEnvironment(threads: number | undefined): void {
  // Errors only, without a page about the processor's instruction sets.
  process.env.TF_CPP_MIN_LOG_LEVEL ??= "2";
  // oneDNN is off by default on processors without VNNI; compiled training steps are 1.5 to 1.8 times faster with it.
  process.env.TF_ENABLE_ONEDNN_OPTS ??= "1";
  if (threads === undefined) return;
  process.env.TF_NUM_INTRAOP_THREADS = String(threads);
  process.env.TF_NUM_INTEROP_THREADS = String(threads);
}

let loadedThreads: number | undefined;

/**
 * Loads libtensorflow and registers the backend "tensorflow", which becomes tfjs's current one.
 *
 * @throws BackendError  it is not set up, its library does not load, or it would bring in a second copy of tfjs.
 * @throws UsageError    it is loaded already with another number of threads.
 */
export function loadTensorflow(threads: number | undefined): void {
  if (tensorflowFacts() !== undefined) {
    if (threads === undefined || threads === loadedThreads) return;
    throw new UsageError(
      `TensorFlow is loaded with ${loadedThreads ?? "its own choice of"} threads and cannot change to ${threads}; ` +
        "give the number the first time that the backend is chosen.",
      { argument: "threads", expected: loadedThreads, actual: threads },
    );
  }
  const found = probeTensorflow();
  if (!found.available) throw new BackendError(found.reason);
  const folder = tfjsNodeFolder();
  if (folder === undefined) throw new BackendError(`${TFJS_NODE} is not installed`);
  const theirs = createRequire(join(folder, "package.json")).resolve("@tensorflow/tfjs");
  const ours = require.resolve("@tensorflow/tfjs");
  if (theirs !== ours) {
    throw new BackendError(
      `${TFJS_NODE} would load another copy of tfjs (${theirs}) than mxgraft does (${ours}); run "npm dedupe"`,
      { expected: ours, actual: theirs },
    );
  }
  setEnvironment(threads);
  bringBackUtilFunctions();
  // 0 and 1 ask for notices and warnings.
  if (Number(process.env.TF_CPP_MIN_LOG_LEVEL) < 2) require(TFJS_NODE);
  else loadQuietly(folder, () => require(TFJS_NODE));
  loadedThreads = threads;
  if (tf.findBackend("tensorflow") === null) throw new BackendError(`${TFJS_NODE} did not register its backend`);
}
