import * as tf from "@tensorflow/tfjs";
import type { Job } from "../../run/protocol.ts";
import { numberSetting, readInputs } from "../read-inputs.ts";
import type { Work } from "../serve.ts";

const ALPHA = 0.5;
const CHECKED = 3;
const SHOWN = 16;

/** Center loss with tfjs's own operations: a new dense table in each step, which is what tfjs offers. */
export function centerStep(job: Job): Work {
  const inputs = readInputs(job);
  const classes = numberSetting(job, "classes");
  const [batch = 0, size = 0] = inputs.array("data").shape;
  const features = tf.tensor2d(inputs.floats("data"), [batch, size]);
  const labels = tf.tensor1d(Int32Array.from(inputs.floats("label")), "int32");
  let table: tf.Tensor = tf.keep(tf.zeros([classes, size]));
  let loss: tf.Tensor = tf.scalar(0);
  let gradient: tf.Tensor = tf.scalar(0);
  const step = () => {
    const before = [table, loss, gradient];
    [table, loss, gradient] = tf.tidy(() => {
      const difference = tf.sub(features, tf.gather(table, labels));
      const sums = tf.unsortedSegmentSum(difference, labels, classes);
      const counts = tf.unsortedSegmentSum(tf.ones([batch, 1]), labels, classes);
      return [
        tf.keep(tf.add(table, tf.mul(tf.div(sums, tf.add(counts, 1)), ALPHA))),
        tf.keep(tf.mul(tf.sum(tf.square(difference)), 0.5 / batch)),
        tf.keep(tf.mul(difference, 1 / batch)),
      ] as const;
    });
    tf.dispose(before);
  };
  const losses: number[] = [];
  for (let i = 0; i < CHECKED; i++) {
    step();
    losses.push(loss.dataSync()[0] ?? Number.NaN);
  }
  return { check: { loss: losses, gradient: [...gradient.dataSync().slice(0, SHOWN)] }, facts: {}, step };
}
