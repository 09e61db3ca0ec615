import type { BoxDecodeAttributes } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";

function columnsOf(boxes: tf.Tensor): [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor] {
  const [a, b, c, d] = tf.split(boxes, 4, 2);
  if (!a || !b || !c || !d) throw new Error("internal: a box has four numbers");
  return [a, b, c, d];
}

const portable: TfjsKernel<BoxDecodeAttributes> = {
  forward({ attributes, inputs: [data, anchors] }) {
    if (!data || !anchors) return [];
    const { std0, std1, std2, std3, clip, format } = attributes;
    const [dx, dy, dw, dh] = columnsOf(data);
    const [a, b, c, d] = columnsOf(anchors);
    const [width, height] = format === "corner" ? [tf.sub(c, a), tf.sub(d, b)] : [c, d];
    const [x, y] =
      format === "corner" ? [tf.add(a, tf.div(width, 2)), tf.add(b, tf.div(height, 2))] : ([a, b] as const);
    const bounded = (size: tf.Tensor) => (clip > 0 ? tf.minimum(size, clip) : size);
    const centerX = tf.add(tf.mul(tf.mul(dx, std0), width), x);
    const centerY = tf.add(tf.mul(tf.mul(dy, std1), height), y);
    const halfWidth = tf.mul(tf.mul(tf.exp(bounded(tf.mul(dw, std2))), width), 0.5);
    const halfHeight = tf.mul(tf.mul(tf.exp(bounded(tf.mul(dh, std3))), height), 0.5);
    return [
      tf.concat(
        [
          tf.sub(centerX, halfWidth),
          tf.sub(centerY, halfHeight),
          tf.add(centerX, halfWidth),
          tf.add(centerY, halfHeight),
        ],
        2,
      ),
    ];
  },
  backward: () => [],
};

/** Kernels of _contrib_box_decode. */
export const boxDecodeKernels: KernelTable<BoxDecodeAttributes> = { portable };
