import type { DType } from "@mxgraft/base";
import type { CastAttributes } from "@mxgraft/operators";
import { type KernelTable, type TfjsKernel, tensorType } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { roundToFloat16 } from "./round-to-float16.ts";

/** Integers taken round a byte, from `least` on, as a cast in C does. */
function wrapped(x: tf.Tensor, least: number): tf.Tensor {
  const shifted = tf.sub(tf.cast(tf.cast(x, "int32"), "float32"), least);
  const byte = tf.sub(shifted, tf.mul(tf.floor(tf.div(shifted, 256)), 256));
  return tf.cast(tf.add(byte, least), "int32");
}

/** A tensor in a type of MXNet; always a new one. */
function converted(x: tf.Tensor, dtype: DType): tf.Tensor {
  switch (dtype) {
    case "bool":
      return tf.notEqual(x, tf.zerosLike(x));
    case "uint8":
      return wrapped(x, 0);
    case "int8":
      return wrapped(x, -128);
    case "float16":
      return roundToFloat16(tf.cast(x, "float32"));
    default:
      return tf.cast(x, tensorType(dtype));
  }
}

const portable: TfjsKernel<CastAttributes> = {
  layouts: () => ({ arguments: ["any"], outputs: ["any"] }),
  forward: ({ attributes: { dtype }, inputs: [data] }) => (data ? [converted(data, dtype)] : []),
  backward({ attributes: { dtype }, headGradients: [dy] }) {
    // A head of a float16 output is itself float16.
    return dy ? [dtype === "float16" ? roundToFloat16(dy) : tf.cast(dy, "float32")] : [];
  },
};

/** Kernels of Cast. */
export const castKernels: KernelTable<CastAttributes> = { portable };
