import type * as tf from "@tensorflow/tfjs";

/** The elements of a tensor as float32, read back from the backend. They may be the tensor's own: do not change them. */
export async function readFloats(tensor: tf.Tensor): Promise<Float32Array> {
  const values = await tensor.data();
  return values instanceof Float32Array ? values : Float32Array.from(values);
}
