import { invariant } from "@mxgraft/base";
import { nodeError } from "@mxgraft/operator";
import * as tf from "@tensorflow/tfjs";
import type { OperatorStep } from "./plan.ts";

/** What a kernel gives; `undefined` where there is nothing. */
export type Results = readonly (tf.Tensor | undefined)[];

/** Runs a kernel and hands its results on; what a synchronous one allocates besides them is freed. */
export function runKernel(
  step: OperatorStep,
  asynchronous: boolean | undefined,
  run: () => Results | Promise<Results>,
  use: (results: Results) => void,
): Promise<void> | undefined {
  const fail = (error: unknown): never => {
    throw nodeError(step.node, step.operator.spec.name, error);
  };
  if (asynchronous) return Promise.resolve().then(run).then(use, fail);
  const engine = tf.engine();
  engine.startScope(step.operator.spec.name);
  let results: Results = [];
  try {
    const returned = run();
    invariant(!(returned instanceof Promise), `kernel of ${step.operator.spec.name} must say that it is asynchronous`);
    results = returned;
  } catch (error) {
    fail(error);
  } finally {
    engine.endScope(results.filter((tensor) => tensor !== undefined));
  }
  use(results);
  return undefined;
}
