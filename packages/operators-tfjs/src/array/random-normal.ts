import { sizeOf } from "@mxgraft/base";
import type { RandomNormalAttributes } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { randomFill } from "../nn/random-fill.ts";

const portable: TfjsKernel<RandomNormalAttributes> = {
  /** Box and Muller: sqrt(-2 ln u) cos(2 pi v), with u in (0, 1]. */
  forward({ attributes: { loc, scale }, outputShapes: [shape = []], random }) {
    const size = sizeOf(shape);
    const uniform = randomFill(2 * size, random, (bits) => ((bits >>> 8) + 1) / 2 ** 24);
    const values = new Float32Array(size);
    for (let i = 0; i < size; i++) {
      const radius = Math.sqrt(-2 * Math.log(uniform[2 * i] ?? 1));
      values[i] = loc + scale * radius * Math.cos(2 * Math.PI * (uniform[2 * i + 1] ?? 0));
    }
    return [tf.tensor(values, [...shape])];
  },
  backward: () => [],
};

/** Kernels of _random_normal. */
export const randomNormalKernels: KernelTable<RandomNormalAttributes> = { portable };
