import type { NoAttributes } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";

/** Which elements come from x; a condition of one axis is repeated along the others. */
function fromX(condition: tf.Tensor, rank: number): tf.Tensor {
  const shape = [...condition.shape, ...new Array<number>(rank - condition.rank).fill(1)];
  return tf.reshape(tf.notEqual(condition, tf.zerosLike(condition)), shape);
}

const portable: TfjsKernel<NoAttributes> = {
  forward({ inputs: [condition, x, y] }) {
    return condition && x && y ? [tf.where(fromX(condition, x.rank), x, y)] : [];
  },
  backward({ inputs: [condition], headGradients: [dy], wanted: [, wantsX, wantsY] }) {
    if (!condition || !dy) return [];
    const chosen = fromX(condition, dy.rank);
    const zero = tf.zerosLike(dy);
    return [
      undefined,
      wantsX ? tf.where(chosen, dy, zero) : undefined,
      wantsY ? tf.where(chosen, zero, dy) : undefined,
    ];
  },
};

/** Kernels of where. */
export const whereKernels: KernelTable<NoAttributes> = { portable };
