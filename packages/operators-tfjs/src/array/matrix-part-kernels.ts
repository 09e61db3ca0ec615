import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";

type Places<A> = (attributes: A, n: number) => readonly number[];

/** The elements at places of matrices (..., n, n), as (..., k). */
function extracted(x: tf.Tensor, places: readonly number[]): tf.Tensor {
  const n = x.shape.at(-1) ?? 1;
  const flat = tf.reshape(x, [-1, n * n]);
  const indices = tf.tensor1d([...places], "int32");
  return tf.reshape(tf.gather(flat, indices, 1), [...x.shape.slice(0, -2), places.length]);
}

/** Numbers (..., k) at places of matrices (..., n, n), 0 elsewhere. */
function placed(x: tf.Tensor, places: readonly number[], n: number): tf.Tensor {
  const count = places.length;
  const flat = tf.reshape(x, [-1, count]);
  // Column `count` holds the zeros.
  const sources = new Int32Array(n * n).fill(count);
  for (const [i, place] of places.entries()) sources[place] = i;
  const all = tf.concat([flat, tf.zeros([flat.shape[0] ?? 1, 1])], 1);
  return tf.reshape(tf.gather(all, tf.tensor1d(sources, "int32"), 1), [...x.shape.slice(0, -1), n, n]);
}

/** The kernels that take some places out of matrices. */
export function partExtracted<A extends object>(places: Places<A>): KernelTable<A> {
  const portable: TfjsKernel<A> = {
    forward: ({ attributes, inputs: [x] }) => (x ? [extracted(x, places(attributes, x.shape.at(-1) ?? 1))] : []),
    backward({ attributes, headGradients: [dy], inputShapes: [shape = []] }) {
      const n = shape.at(-1) ?? 1;
      return dy ? [placed(dy, places(attributes, n), n)] : [];
    },
  };
  return { portable };
}

/** The kernels that put numbers to some places of matrices. */
export function partPlaced<A extends object>(places: Places<A>): KernelTable<A> {
  const portable: TfjsKernel<A> = {
    forward({ attributes, inputs: [x], outputShapes: [shape = []] }) {
      const n = shape.at(-1) ?? 1;
      return x ? [placed(x, places(attributes, n), n)] : [];
    },
    backward: ({ attributes, headGradients: [dy] }) =>
      dy ? [extracted(dy, places(attributes, dy.shape.at(-1) ?? 1))] : [],
  };
  return { portable };
}
