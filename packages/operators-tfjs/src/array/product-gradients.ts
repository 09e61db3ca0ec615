import * as tf from "@tensorflow/tfjs";

/** Which factors of a product of matrices are transposed. */
export interface Transposed {
  readonly a: boolean;
  readonly b: boolean;
}

/** The gradients of a product of (stacks of) matrices, each computed only if wanted. */
export function productGradients(
  dy: tf.Tensor,
  a: tf.Tensor,
  b: tf.Tensor,
  transposed: Transposed,
  [wantsA, wantsB]: readonly (boolean | undefined)[],
): [tf.Tensor | undefined, tf.Tensor | undefined] {
  const ofA = () => (transposed.a ? tf.matMul(b, dy, transposed.b, true) : tf.matMul(dy, b, false, !transposed.b));
  const ofB = () => (transposed.b ? tf.matMul(dy, a, true, transposed.a) : tf.matMul(a, dy, !transposed.a, false));
  return [wantsA ? ofA() : undefined, wantsB ? ofB() : undefined];
}
