import type { BoxIouAttributes } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";

interface Boxes {
  readonly left: tf.Tensor;
  readonly top: tf.Tensor;
  readonly right: tf.Tensor;
  readonly bottom: tf.Tensor;
  readonly area: tf.Tensor;
}

/** The edges and areas of boxes (..., 4), as a column or a row. */
function boxesOf(x: tf.Tensor, format: BoxIouAttributes["format"], shape: [number, number]): Boxes {
  const [a, b, c, d] = tf.unstack(tf.reshape(x, [-1, 4]), 1).map((numbers) => tf.reshape(numbers, shape));
  if (!a || !b || !c || !d) throw new Error("internal: a box has four numbers");
  if (format === "corner") {
    const area = tf.mul(tf.relu(tf.sub(c, a)), tf.relu(tf.sub(d, b)));
    return { left: a, top: b, right: c, bottom: d, area };
  }
  const [w, h] = [tf.div(c, 2), tf.div(d, 2)];
  const area = tf.mul(tf.relu(c), tf.relu(d));
  return { left: tf.sub(a, w), top: tf.sub(b, h), right: tf.add(a, w), bottom: tf.add(b, h), area };
}

const portable: TfjsKernel<BoxIouAttributes> = {
  forward({ attributes: { format }, inputs: [lhs, rhs], outputShapes: [output = []] }) {
    if (!lhs || !rhs) return [];
    const l = boxesOf(lhs, format, [-1, 1]);
    const r = boxesOf(rhs, format, [1, -1]);
    const width = tf.relu(tf.sub(tf.minimum(l.right, r.right), tf.maximum(l.left, r.left)));
    const height = tf.relu(tf.sub(tf.minimum(l.bottom, r.bottom), tf.maximum(l.top, r.top)));
    const shared = tf.mul(width, height);
    const together = tf.sub(tf.add(l.area, r.area), shared);
    return [tf.reshape(tf.divNoNan(shared, together), [...output])];
  },
  backward: () => [],
};

/** Kernels of _contrib_box_iou. */
export const boxIouKernels: KernelTable<BoxIouAttributes> = { portable };
