import { BackendError } from "@mxgraft/base";
import * as tf from "@tensorflow/tfjs";
import { setBackend } from "../../backends/set-backend.ts";
import { tensorflowFacts } from "../tfjs-node-backend.ts";
import { SetupError } from "./setup-error.ts";

/** What a run of the native backend showed. */
export interface TensorflowCheck {
  /** TensorFlow's version. */
  readonly version: string;
  readonly device: "CPU" | "GPU";
  /** Time of one product of two 512 x 512 matrices, after a first one. */
  readonly milliseconds: number;
}

const SIZE = 512;

/** The product of two matrices of ones; every element of the result must be 512. */
async function multiply(): Promise<number> {
  const started = performance.now();
  const product = tf.tidy(() => tf.matMul(tf.ones([SIZE, SIZE]), tf.ones([SIZE, SIZE])));
  const values = await product.data();
  product.dispose();
  if (!values.every((value) => value === SIZE)) {
    throw new SetupError(
      `TensorFlow runs but multiplies wrongly: the product of two ${SIZE} x ${SIZE} matrices of ones is not ${SIZE} everywhere.`,
    );
  }
  return performance.now() - started;
}

/**
 * Starts the native backend in this process and computes on it.
 *
 * @throws SetupError  it does not start or computes wrongly.
 */
export async function checkTensorflow(): Promise<TensorflowCheck> {
  try {
    await setBackend("tensorflow");
  } catch (error) {
    if (!(error instanceof BackendError)) throw error;
    throw new SetupError(`TensorFlow was set up, but does not run. ${error.message}`, error.facts, { cause: error });
  }
  await multiply();
  const milliseconds = await multiply();
  const facts = tensorflowFacts();
  return { version: facts?.version ?? "unknown", device: facts?.gpu ? "GPU" : "CPU", milliseconds };
}
