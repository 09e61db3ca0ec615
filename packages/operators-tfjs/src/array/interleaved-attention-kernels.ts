import type { InterleavedAttentionAttributes } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";

/** One of the `parts` projections of each head: (L, N, heads * parts * d) -> (N * heads, L, d). */
function partOfHeads(x: tf.Tensor, heads: number, parts: number, part: number): tf.Tensor3D {
  const [length = 1, batch = 1, projection = 1] = x.shape;
  const size = projection / heads / parts;
  const own = tf.slice(tf.reshape(x, [length, batch * heads, parts, size]), [0, 0, part, 0], [-1, -1, 1, -1]);
  return tf.transpose(tf.reshape(own, [length, batch * heads, size]), [1, 0, 2]);
}

/** The gradient of the projections from that of some of their parts, `undefined` for none: (N * heads, L, d) each. */
function asProjections(parts: readonly (tf.Tensor | undefined)[], shape: readonly number[]): tf.Tensor {
  const like = parts.find((part) => part !== undefined);
  if (!like) return tf.zeros([...shape]);
  const whole = parts.map((part) => tf.transpose(part ?? tf.zerosLike(like), [1, 0, 2]));
  return tf.reshape(tf.stack(whole, 2), [...shape]);
}

/** Queries times keys over sqrt(d): of one array with three parts to a head, or of queries and an array with two. */
export function keysScored(parts: 2 | 3): KernelTable<InterleavedAttentionAttributes> {
  const operands = (heads: number, inputs: readonly tf.Tensor[]) => {
    const [first, second] = inputs;
    if (!first || (parts === 2 && !second)) throw new Error("internal: attention has its projections");
    const q = partOfHeads(first, heads, parts === 3 ? 3 : 1, 0);
    const k = parts === 3 || !second ? partOfHeads(first, heads, 3, 1) : partOfHeads(second, heads, 2, 0);
    return { q, k, scale: 1 / Math.sqrt(q.shape[2]) };
  };
  const portable: TfjsKernel<InterleavedAttentionAttributes> = {
    forward({ attributes: { heads }, inputs }) {
      const { q, k, scale } = operands(heads, inputs);
      return [tf.matMul(tf.mul(q, scale), k, false, true)];
    },
    backward({ attributes: { heads }, inputs, headGradients: [dy], inputShapes: [first = [], second = []] }) {
      if (!dy) return [];
      const { q, k, scale } = operands(heads, inputs);
      const scaled = tf.mul(dy, scale);
      const [dq, dk] = [tf.matMul(scaled, k), tf.matMul(scaled, q, true, false)];
      if (parts === 3) return [asProjections([dq, dk, undefined], first)];
      return [asProjections([dq], first), asProjections([dk, undefined], second)];
    },
  };
  return { portable };
}

/** Attention times values, the last of the `parts` of a head. */
export function valuesWeighted(parts: 2 | 3): KernelTable<InterleavedAttentionAttributes> {
  const portable: TfjsKernel<InterleavedAttentionAttributes> = {
    forward({ attributes: { heads }, inputs: [projections, attention], outputShapes: [shape = []] }) {
      if (!projections || !attention) return [];
      const values = partOfHeads(projections, heads, parts, parts - 1);
      const weighted = tf.matMul(attention, values);
      return [tf.reshape(tf.transpose(weighted, [1, 0, 2]), [...shape])];
    },
    backward({
      attributes: { heads },
      inputs: [projections, attention],
      headGradients: [dy],
      inputShapes: [shape = []],
    }) {
      if (!projections || !attention || !dy) return [];
      const values = partOfHeads(projections, heads, parts, parts - 1);
      const head = partOfHeads(dy, heads, 1, 0);
      const none = Array.from({ length: parts - 1 }, () => undefined);
      const dValues = tf.matMul(attention, head, true, false);
      return [asProjections([...none, dValues], shape), tf.matMul(head, values, false, true)];
    },
  };
  return { portable };
}
