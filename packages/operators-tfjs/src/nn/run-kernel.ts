import * as tf from "@tensorflow/tfjs";

type Inputs = Readonly<Record<string, tf.Tensor>>;
type Attributes = Parameters<ReturnType<typeof tf.engine>["runKernel"]>[2];

/** Runs a kernel of the backend that has one result; for those, gradients above all, that no tfjs operation calls. */
export function runKernel(name: string, inputs: Inputs, attributes: Attributes): tf.Tensor {
  return tf.engine().runKernel<tf.Tensor>(name, { ...inputs }, attributes);
}
