import { hostArray, Random } from "@mxgraft/base";
import { Module, Xavier } from "@mxgraft/module";
import * as tf from "@tensorflow/tfjs";
import { lenet } from "mxgraft";
import type { Comparison } from "../measure.ts";

/** A batch of noise: the time of a step does not depend on what is in the picture. */
function batchOf(size: number): { data: Float32Array; label: Float32Array } {
  const random = new Random(1);
  const data = Float32Array.from({ length: size * 28 * 28 }, () => random.uniform());
  const label = Float32Array.from({ length: size }, () => random.below(10));
  return { data, label };
}

/** The same network written with tfjs alone: what somebody would write who does not have mxgraft. */
function plainTfjs(data: Float32Array, label: Float32Array, size: number) {
  const variables: tf.Variable[] = [];
  const parameter = (shape: number[]) => {
    const variable = tf.variable(tf.randomUniform(shape, -0.1, 0.1));
    variables.push(variable);
    return variable;
  };
  const w1 = parameter([5, 5, 1, 20]);
  const b1 = parameter([20]);
  const w2 = parameter([5, 5, 20, 50]);
  const b2 = parameter([50]);
  const w3 = parameter([800, 500]);
  const b3 = parameter([500]);
  const w4 = parameter([500, 2]);
  const b4 = parameter([2]);
  const w5 = parameter([2, 10]);
  const x = tf.tensor4d(data, [size, 28, 28, 1]);
  const y = tf.oneHot(tf.tensor1d(label, "int32"), 10);
  const classes = tf.tensor1d(label, "int32");
  const optimizer = tf.train.momentum(0.03, 0.9);
  const centers = { table: tf.keep(tf.zeros([10, 2])) };
  /** The embedding of the step, kept for the update of the centers. */
  const features = { value: tf.zeros([0]) };

  const loss = (): tf.Scalar => {
    const c1 = tf.tanh(tf.add(tf.conv2d(x, w1.as4D(5, 5, 1, 20), 1, "valid"), b1)).as4D(size, 24, 24, 20);
    const p1 = tf.maxPool(c1, 2, 2, "valid");
    const c2 = tf.tanh(tf.add(tf.conv2d(p1, w2.as4D(5, 5, 20, 50), 1, "valid"), b2)).as4D(size, 8, 8, 50);
    const p2 = tf.maxPool(c2, 2, 2, "valid");
    const f = tf.tanh(tf.add(tf.matMul(tf.reshape(p2, [size, 800]), w3.as2D(800, 500)), b3));
    const embedding = tf.add(tf.matMul(f, w4.as2D(500, 2)), b4);
    features.value = tf.keep(tf.clone(embedding));
    const logits = tf.matMul(embedding, w5.as2D(2, 10));
    const difference = tf.sub(embedding, tf.gather(centers.table, classes));
    const center = tf.mul(tf.sum(tf.square(difference)), 0.5 / size);
    return tf.add(tf.losses.softmaxCrossEntropy(y, logits), center);
  };

  /** The centers as a new dense table, which is what tfjs offers. */
  const moveCenters = () => {
    const previous = centers.table;
    const embedding = features.value;
    centers.table = tf.keep(
      tf.tidy(() => {
        const difference = tf.sub(embedding, tf.gather(previous, classes));
        const counts = tf.reshape(tf.add(tf.sum(y, 0), 1), [10, 1]);
        const sums = tf.unsortedSegmentSum(difference, classes, 10);
        return tf.add(previous, tf.mul(tf.div(sums, counts), 0.5));
      }),
    );
    previous.dispose();
    embedding.dispose();
  };

  return {
    async step() {
      const value = optimizer.minimize(loss, true, variables);
      moveCenters();
      await value?.data();
      value?.dispose();
    },
    dispose: () => tf.dispose([...variables, x, y, classes, centers.table]),
  };
}

/** One training step of the seed's network with center loss: forward, backward, SGD with momentum, the loss read. */
export async function lenetStep(size: number): Promise<Comparison> {
  const { data, label } = batchOf(size);
  const module = new Module(lenet({ embeddingSize: 2, batchSize: size }), {
    labelNames: ["softmax_label", "center_label"],
  });
  module.bind({
    dataShapes: { data: [size, 1, 28, 28] },
    labelShapes: { softmax_label: [size], center_label: [size] },
  });
  await module.initParams({ initializer: new Xavier() });
  await module.initOptimizer({ optimizer: "sgd", optimizerParams: { learningRate: 0.03, momentum: 0.9 } });
  const labels = hostArray("float32", [size], label);
  const batch = { data: [hostArray("float32", [size, 1, 28, 28], data)], label: [labels, labels], pad: 0 };
  const plain = plainTfjs(data, label, size);
  return {
    name: `LeNet with center loss, training step, batch ${size}`,
    peer: "plain tfjs",
    async ours() {
      await module.forwardBackward(batch);
      await module.update();
      await module.getOutputs();
    },
    theirs: () => plain.step(),
    dispose() {
      module.dispose();
      plain.dispose();
    },
  };
}
