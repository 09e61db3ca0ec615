import * as tf from "@tensorflow/tfjs";

/** A result in the type of the data: MXNet's operators of elements keep it, tfjs makes bool or float32 of some. */
export function sameType(result: tf.Tensor, data: tf.Tensor): tf.Tensor {
  return result.dtype === data.dtype ? result : tf.cast(result, data.dtype);
}

/** A number in the type of the data, cut off for integers as in C. */
export function scalarLike(data: tf.Tensor, value: number): tf.Scalar {
  return data.dtype === "int32" ? tf.scalar(Math.trunc(value), "int32") : tf.scalar(value);
}
