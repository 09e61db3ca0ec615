import type { Shape } from "@mxgraft/base";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { boundedIndex } from "./bounded-index.ts";
import { addRows, multiples } from "./rows.ts";

/** Which axis is indexed, as (outer, size, inner), and what happens to indices out of range. */
export interface PickedAxis {
  readonly around: readonly [number, number, number];
  readonly mode: "clip" | "wrap";
}

/** Where the elements lie in flat data, one for each place outside the axis. */
function places(index: tf.Tensor, { around: [outer, size, inner], mode }: PickedAxis): tf.Tensor {
  const along = tf.reshape(boundedIndex(index, size, mode), [outer, inner]);
  const steps = inner === 1 ? along : tf.mul(along, tf.scalar(inner, "int32"));
  const starts = tf.add(steps, tf.reshape(multiples(outer, size * inner), [outer, 1]));
  return tf.reshape(inner === 1 ? starts : tf.add(starts, multiples(inner, 1)), [outer * inner]);
}

/** The kernels of an operator that takes one element along an axis for each place of the others. */
export function pickedKernels<A extends object>(axisOf: (attributes: A, data: Shape) => PickedAxis): KernelTable<A> {
  const portable: TfjsKernel<A> = {
    forward({ attributes, inputs: [data, index], outputShapes: [shape] }) {
      if (!data || !index || !shape) return [];
      const flat = tf.reshape(data, [data.size]);
      return [tf.reshape(tf.gather(flat, places(index, axisOf(attributes, data.shape))), [...shape])];
    },
    backward({ attributes, headGradients: [dy], inputs: [, index], inputShapes: [shape] }) {
      if (!dy || !index || !shape) return [];
      const { around, mode } = axisOf(attributes, shape);
      const [outer, size, inner] = around;
      return [tf.reshape(addRows(dy, places(index, { around, mode }), outer * size * inner), [...shape])];
    },
  };
  return { portable };
}
