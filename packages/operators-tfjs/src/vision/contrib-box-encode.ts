import type { NoAttributes } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";

/** Centers and sizes of boxes that are given by their corners, (..., 2) each. */
function centered(boxes: tf.Tensor): { center: tf.Tensor; size: tf.Tensor } {
  const [low, high] = tf.split(boxes, 2, -1);
  if (!low || !high) throw new Error("internal: a box has four numbers");
  const size = tf.sub(high, low);
  return { center: tf.add(low, tf.mul(size, 0.5)), size };
}

const portable: TfjsKernel<NoAttributes> = {
  forward({ inputs: [samples, matches, anchors, refs, means, stds] }) {
    if (!samples || !matches || !anchors || !refs || !means || !stds) return [];
    const [batch = 1, count = 1] = anchors.shape;
    const boxes = refs.shape[1] ?? 1;
    const first = tf.reshape(tf.mul(tf.range(0, batch), boxes), [batch, 1]);
    const rows = tf.cast(tf.add(tf.maximum(matches, 0), first), "int32");
    const matched = tf.reshape(tf.gather(tf.reshape(refs, [-1, 4]), tf.reshape(rows, [-1])), [batch, count, 4]);
    const [anchor, box] = [centered(anchors), centered(matched)];
    const offsets = tf.div(tf.sub(box.center, anchor.center), anchor.size);
    const sizes = tf.log(tf.div(box.size, anchor.size));
    const targets = tf.div(tf.sub(tf.concat([offsets, sizes], -1), means), stds);
    const counts = tf.broadcastTo(tf.expandDims(tf.greater(samples, 0.5), -1), targets.shape);
    return [tf.where(counts, targets, tf.zerosLike(targets)), tf.cast(counts, "float32")];
  },
  backward: () => [],
};

/** Kernels of _contrib_box_encode. */
export const boxEncodeKernels: KernelTable<NoAttributes> = { portable };
