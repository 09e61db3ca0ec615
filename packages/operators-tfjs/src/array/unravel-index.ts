import { stridesOf } from "@mxgraft/base";
import type { IndexLatticeAttributes } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";

/** Floors of quotients of whole numbers in float32: half a place more keeps rounded ones from falling short. */
const portable: TfjsKernel<IndexLatticeAttributes> = {
  forward({ attributes: { shape }, inputs: [data] }) {
    if (!data) return [];
    let rest = tf.cast(data, "float32");
    const indices = stridesOf(shape).map((stride) => {
      const index = stride === 1 ? rest : tf.floor(tf.div(tf.add(rest, 0.5), stride));
      rest = tf.sub(rest, tf.mul(index, stride));
      return index;
    });
    return [tf.cast(tf.stack(indices), data.dtype)];
  },
  backward: () => [],
};

/** Kernels of _unravel_index. */
export const unravelIndexKernels: KernelTable<IndexLatticeAttributes> = { portable };
