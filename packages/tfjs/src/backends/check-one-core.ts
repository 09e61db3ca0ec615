import { BackendError } from "@mxgraft/base";
import type * as tf from "@tensorflow/tfjs";

/**
 * Checks that tfjs-core is there once. All copies share one engine, that of the copy which was loaded first, but not their
 * kernels' types and flags: with two of them, what one is asked for fails later and elsewhere.
 *
 * @param core  the copy that mxgraft imports; a backend must be started.
 * @throws BackendError  the engine belongs to another copy.
 */
export function checkOneCore(core: Pick<typeof tf, "engine" | "Tensor">): void {
  const made = core.engine().makeTensor(new Float32Array(1), [], "float32");
  made.dispose();
  // Not `instanceof`: tfjs makes that say yes to tensors of any copy.
  if (made.constructor === core.Tensor) return;
  throw new BackendError(
    "There are several copies of @tensorflow/tfjs-core in this program, which get into each other's way. " +
      'Find them with "npm ls @tensorflow/tfjs-core", give all packages of TensorFlow.js one version and run "npm dedupe".',
    { expected: "one copy of @tensorflow/tfjs-core" },
  );
}
