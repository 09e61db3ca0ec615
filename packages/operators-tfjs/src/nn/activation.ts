import type { ActivationAttributes } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { given } from "./given.ts";

interface ActivationFunction {
  forward(x: tf.Tensor): tf.Tensor;
  /** The gradient from x or from y, whichever the spec's `backwardReads` names. */
  backward(dy: tf.Tensor, from: tf.Tensor): tf.Tensor;
}

/** log(1 + e^x) with a derivative that works from the result: 1 - e^-y. */
const softrelu: ActivationFunction = {
  forward: (x) => tf.softplus(x),
  backward: (dy, y) => tf.mul(dy, tf.neg(tf.expm1(tf.neg(y)))),
};

const functions: { readonly [Name in ActivationAttributes["act_type"]]: ActivationFunction } = {
  relu: {
    forward: (x) => tf.relu(x),
    backward: (dy, y) => tf.mul(dy, tf.step(y)),
  },
  sigmoid: {
    forward: (x) => tf.sigmoid(x),
    backward: (dy, y) => tf.mul(dy, tf.mul(y, tf.sub(1, y))),
  },
  tanh: {
    forward: (x) => tf.tanh(x),
    backward: (dy, y) => tf.mul(dy, tf.sub(1, tf.square(y))),
  },
  softrelu,
  softsign: {
    forward: (x) => tf.div(x, tf.add(1, tf.abs(x))),
    backward: (dy, x) => tf.div(dy, tf.square(tf.add(1, tf.abs(x)))),
  },
  log_sigmoid: {
    forward: (x) => tf.neg(tf.softplus(tf.neg(x))),
    backward: (dy, y) => tf.mul(dy, tf.neg(tf.expm1(y))),
  },
  mish: {
    forward: (x) => tf.mul(x, tf.tanh(tf.softplus(x))),
    backward(dy, x) {
      const t = tf.tanh(tf.softplus(x));
      const slope = tf.add(t, tf.mul(tf.mul(x, tf.sub(1, tf.square(t))), tf.sigmoid(x)));
      return tf.mul(dy, slope);
    },
  },
};

const portable: TfjsKernel<ActivationAttributes> = {
  layouts: () => ({ arguments: ["any"], outputs: ["any"] }),
  forward({ attributes, inputs: [data] }) {
    return [functions[attributes.act_type].forward(given(data, "data"))];
  },
  backward({ attributes, inputs: [data], outputs: [output], headGradients: [dy] }) {
    const { act_type } = attributes;
    const from = act_type === "softsign" || act_type === "mish" ? data : output;
    return dy ? [functions[act_type].backward(dy, given(from, "data or output"))] : [];
  },
  elementwise: ({ act_type }) => (act_type === "relu" ? "relu" : undefined),
};

/** Kernels of Activation. */
export const activationKernels: KernelTable<ActivationAttributes> = { portable };
