import { ClassCenters, centerLossStep } from "@mxgraft/center-loss-tfjs";
import { loadNativeOperators } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import type { Job } from "../../run/protocol.ts";
import { numberSetting, readInputs } from "../read-inputs.ts";
import type { Work } from "../serve.ts";

/** Steps whose losses are compared before anything is timed. */
const CHECKED = 3;
/** Numbers of the gradient that are compared. */
const SHOWN = 16;

/** A table of centers with a batch on the backend: `step` is forward, gradient and update at once. */
export function centersAndBatch(job: Job) {
  const inputs = readInputs(job);
  const [batch = 0, size = 0] = inputs.array("data").shape;
  const data = tf.tensor2d(inputs.floats("data"), [batch, size]);
  const label = tf.tensor1d(Int32Array.from(inputs.floats(String(job.settings.label ?? "label"))), "int32");
  const centers = new ClassCenters({ numClass: numberSetting(job, "classes"), size, alpha: 0.5 });
  return { step: () => centerLossStep(data, label, centers) };
}

/** Forward, gradient and update of the centers. */
export async function centerStep(job: Job): Promise<Work> {
  const { step } = centersAndBatch(job);
  const check = { loss: [] as number[], gradient: [] as number[] };
  for (let i = 0; i < CHECKED; i++) {
    const { loss, gradient } = step();
    check.loss.push((await loss.data())[0] ?? Number.NaN);
    check.gradient = [...(await gradient.data()).slice(0, SHOWN)];
    tf.dispose([loss, gradient]);
  }
  const native = loadNativeOperators("center-loss").available;
  return {
    check,
    facts: { operators: native ? "native" : "TensorFlow.js" },
    step() {
      const { loss, gradient } = step();
      loss.dispose();
      gradient.dispose();
    },
  };
}
