import { type MomentsAttributes, reducedAxes, reducedShape } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";

const portable: TfjsKernel<MomentsAttributes> = {
  forward({ attributes: { axes }, inputs: [x], outputShapes: [shape = []] }) {
    if (!x) return [];
    const reduced = reducedAxes({ axis: axes }, x.rank);
    const mean = tf.mean(x, reduced, true);
    const variance = tf.mean(tf.square(tf.sub(x, mean)), reduced);
    return [tf.reshape(mean, [...shape]), tf.reshape(variance, [...shape])];
  },
  backward({ attributes: { axes }, headGradients: [ofMean, ofVariance], inputs: [x], inputShapes: [shape] }) {
    if (!x || !shape) return [];
    const reduced = reducedAxes({ axis: axes }, shape.length);
    const kept = [...reducedShape(shape, reduced, true)];
    const count = x.size / kept.reduce((product, size) => product * size, 1);
    // The mean's own share in the gradient of the variance is 0: deviations sum to 0.
    const fromMean = ofMean ? tf.div(tf.reshape(ofMean, kept), count) : tf.zeros(kept);
    if (!ofVariance) return [tf.broadcastTo(fromMean, [...shape])];
    const deviation = tf.sub(x, tf.mean(x, reduced, true));
    return [tf.add(fromMean, tf.mul(deviation, tf.mul(tf.reshape(ofVariance, kept), 2 / count)))];
  },
};

/** Kernels of moments. */
export const momentsKernels: KernelTable<MomentsAttributes> = { portable };
