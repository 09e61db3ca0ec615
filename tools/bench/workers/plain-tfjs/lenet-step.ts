import * as tf from "@tensorflow/tfjs";
import type { Job } from "../../run/protocol.ts";
import { type Inputs, numberSetting, readInputs } from "../read-inputs.ts";
import type { Work } from "../serve.ts";

const CHECKED = 3;
const [RATE, MOMENTUM, ALPHA] = [0.01, 0.9, 0.5];

/** The parameters of the case, MXNet's layout turned into tfjs's: HWIO filters, (in, out) matrices over NHWC. */
function parameters(inputs: Inputs) {
  const load = (name: string) => {
    const { shape } = inputs.array(name);
    return tf.tensor(inputs.floats(name), [...shape]);
  };
  const variable = <R extends tf.Rank>(make: () => tf.Tensor<R>) => tf.variable(tf.tidy(make));
  const filter = (name: string) => variable(() => tf.transpose(load(name), [2, 3, 1, 0]) as tf.Tensor4D);
  const matrix = (name: string) => variable(() => tf.transpose(load(name)) as tf.Tensor2D);
  const bias = (name: string) => variable(() => load(name).as1D());
  return {
    filter0: filter("convolution0_weight"),
    bias0: bias("convolution0_bias"),
    filter1: filter("convolution1_weight"),
    bias1: bias("convolution1_bias"),
    // Its columns are in the order of the flattened channels, which come last here.
    hidden: variable(() =>
      tf
        .transpose(load("fullyconnected0_weight").reshape([500, 50, 4, 4]), [2, 3, 1, 0])
        .reshape<tf.Tensor2D>([800, 500]),
    ),
    hiddenBias: bias("fullyconnected0_bias"),
    embedding: matrix("embedding_weight"),
    embeddingBias: bias("embedding_bias"),
    scores: matrix("fc2_weight"),
    scoresBias: bias("fc2_bias"),
  };
}

/**
 * The network and step of the original program with tfjs's layers of functions and its optimizer, as its tutorials do it:
 * loss and accuracy read after each step, centers as a new dense table. Without weight decay, which tfjs's optimizer
 * lacks.
 */
export async function lenetStep(job: Job): Promise<Work> {
  const inputs = readInputs(job);
  const size = numberSetting(job, "batch");
  const p = parameters(inputs);
  const images = inputs.floats("data");
  const labels = Int32Array.from(inputs.floats("label"));
  const batches = Array.from({ length: labels.length / size }, (_, i) => ({
    data: images.slice(i * size * 784, (i + 1) * size * 784),
    label: labels.slice(i * size, (i + 1) * size),
  }));
  const optimizer = tf.train.momentum(RATE, MOMENTUM);
  const variables = Object.values(p);
  let centers: tf.Tensor = tf.keep(tf.zeros([10, 2]));

  const network = (x: tf.Tensor4D): { features: tf.Tensor2D; scores: tf.Tensor2D } => {
    const c0 = tf.tanh(tf.add(tf.conv2d(x, p.filter0, 1, "valid"), p.bias0)) as tf.Tensor4D;
    const c1 = tf.tanh(tf.add(tf.conv2d(tf.maxPool(c0, 2, 2, "valid"), p.filter1, 1, "valid"), p.bias1)) as tf.Tensor4D;
    const flat = tf.reshape(tf.maxPool(c1, 2, 2, "valid"), [size, 800]) as tf.Tensor2D;
    const hidden = tf.tanh(tf.add(tf.matMul(flat, p.hidden), p.hiddenBias)) as tf.Tensor2D;
    const features = tf.add(tf.matMul(hidden, p.embedding), p.embeddingBias) as tf.Tensor2D;
    return { features, scores: tf.add(tf.matMul(features, p.scores), p.scoresBias) as tf.Tensor2D };
  };

  let turn = 0;
  let last = { softmax: 0, center: 0 };
  const step = async () => {
    const batch = batches[turn++ % batches.length];
    if (batch === undefined) return;
    const x = tf.tensor4d(batch.data, [size, 28, 28, 1]);
    const y = tf.tensor1d(batch.label, "int32");
    const kept = { features: tf.zeros([0]), hits: tf.zeros([0]), softmax: tf.zeros([0]), center: tf.zeros([0]) };
    const total = optimizer.minimize(
      () => {
        const { features, scores } = network(x);
        const softmax = tf.losses.softmaxCrossEntropy(tf.oneHot(y, 10), scores) as tf.Scalar;
        const difference = tf.sub(features, tf.gather(centers, y));
        const center = tf.mul(tf.sum(tf.square(difference)), 0.5 / size) as tf.Scalar;
        const hits = tf.sum(tf.equal(tf.argMax(scores, 1), y));
        for (const [name, value] of Object.entries({ features, hits, softmax, center })) {
          kept[name as keyof typeof kept] = tf.keep(tf.clone(value));
        }
        // As MXNet's Module has it: the center loss is divided by the batch once more.
        return tf.add(softmax, tf.mul(center, 1 / size)) as tf.Scalar;
      },
      true,
      variables,
    );
    const before = centers;
    centers = tf.tidy(() => {
      const difference = tf.sub(kept.features, tf.gather(before, y));
      const sums = tf.unsortedSegmentSum(difference as tf.Tensor2D, y, 10);
      const counts = tf.add(tf.reshape(tf.sum(tf.oneHot(y, 10), 0), [10, 1]), 1);
      return tf.keep(tf.add(before, tf.mul(tf.div(sums, counts), ALPHA)));
    });
    await kept.hits.data();
    const [softmax, center] = await Promise.all([kept.softmax.data(), kept.center.data()]);
    last = { softmax: softmax[0] ?? Number.NaN, center: center[0] ?? Number.NaN };
    tf.dispose([before, total, x, y, ...Object.values(kept)].filter((one) => one !== null));
  };
  const check = { softmax: [] as number[], center: [] as number[] };
  for (let i = 0; i < CHECKED; i++) {
    await step();
    check.softmax.push(last.softmax);
    check.center.push(last.center);
  }
  return { check, facts: {}, step };
}
