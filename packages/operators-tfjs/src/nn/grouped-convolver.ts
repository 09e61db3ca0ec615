import * as tf from "@tensorflow/tfjs";
import type { Convolver } from "./convolver.ts";

/** Convolution in groups of channels that do not see each other. */
export function grouped(convolver: Convolver, groups: number): Convolver {
  const split = (x: tf.Tensor) => tf.split(x, groups, -1);
  const paired = (a: tf.Tensor, b: tf.Tensor, compute: (a: tf.Tensor, b: tf.Tensor) => tf.Tensor) => {
    const parts = split(b);
    return tf.concat(
      split(a).flatMap((part, i) => {
        const other = parts[i];
        return other === undefined ? [] : [compute(part, other)];
      }),
      -1,
    );
  };
  return {
    forward: (x, filter) => paired(x, filter, (part, own) => convolver.forward(part, own)),
    filterGradient(x, dy, filterShape) {
      const shape = filterShape.with(-1, (filterShape.at(-1) ?? 0) / groups);
      return paired(x, dy, (part, own) => convolver.filterGradient(part, own, shape));
    },
    inputGradient(dy, filter, inputShape) {
      const shape = inputShape.with(-1, (inputShape.at(-1) ?? 0) / groups);
      return paired(dy, filter, (part, own) => convolver.inputGradient(part, own, shape));
    },
  };
}
