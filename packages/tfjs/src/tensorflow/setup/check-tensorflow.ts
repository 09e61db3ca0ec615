import { BackendError } from "@mxgraft/base";
import * as tf from "@tensorflow/tfjs";
import { setBackend } from "../../backends/set-backend.ts";
import { loadNativeOperators } from "../load-native-operators.ts";
import { tensorflowFacts } from "../tfjs-node-backend.ts";
import { SetupError } from "./setup-error.ts";

/** What a run of the native backend showed. */
export interface TensorflowCheck {
  /** TensorFlow's version. */
  readonly version: string;
  readonly device: "CPU" | "GPU";
  /** Time of one product of two 512 x 512 matrices, after a first one. */
  readonly milliseconds: number;
  /** The native operators that do not load, by name, with the reason. */
  readonly refused?: Readonly<Record<string, string>>;
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
 * Starts the native backend in this process, computes on it, and loads native operators.
 *
 * @param operators  names of those that are built.
 * @throws SetupError  it does not start or computes wrongly.
 */
export async function checkTensorflow(operators: readonly string[] = []): Promise<TensorflowCheck> {
  try {
    await setBackend("tensorflow");
  } catch (error) {
    if (!(error instanceof BackendError)) throw error;
    throw new SetupError(`TensorFlow was set up, but does not run. ${error.message}`, error.facts, { cause: error });
  }
  await multiply();
  const milliseconds = await multiply();
  const facts = tensorflowFacts();
  const refused: Record<string, string> = {};
  for (const name of operators) {
    const state = loadNativeOperators(name);
    if (!state.available) refused[name] = state.reason;
  }
  return { version: facts?.version ?? "unknown", device: facts?.gpu ? "GPU" : "CPU", milliseconds, refused };
}
