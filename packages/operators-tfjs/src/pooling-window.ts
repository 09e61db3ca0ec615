import * as tf from "@tensorflow/tfjs";

/** What tfjs tells the kernels of pooling over two axes. */
export interface PoolAttributes {
  readonly filterSize: [number, number] | number;
  readonly strides: [number, number] | number;
  readonly pad: "valid" | "same" | number;
  readonly dimRoundingMode?: "floor" | "round" | "ceil";
}

export type PoolInfo = ReturnType<typeof tf.backend_util.computePool2DInfo>;

/** The sizes of pooling an input (N, H, W, C). */
export function poolInfo(x: tf.TensorInfo, { filterSize, strides, pad, dimRoundingMode }: PoolAttributes): PoolInfo {
  const [n = 0, h = 0, w = 0, c = 0] = x.shape;
  return tf.backend_util.computePool2DInfo([n, h, w, c], filterSize, strides, 1, pad, dimRoundingMode);
}
