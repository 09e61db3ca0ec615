import type { MultiSgdAttributes, PreloadedSgdAttributes } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { scaledGradient } from "./scaled-gradient.ts";

interface Variant {
  /** Slots of a parameter. */
  readonly slots: number;
  /** The first slot is the momentum. */
  readonly momentum: boolean;
  /** The last slot is the weight in float32. */
  readonly mixed: boolean;
}

type Attributes = (PreloadedSgdAttributes | MultiSgdAttributes) & { readonly momentum?: number };

/** A number of each parameter: from an attribute, or one element of an array. */
function perParameter(numbers: readonly number[] | undefined, array: tf.Tensor | undefined, i: number): tf.Scalar {
  return numbers ? tf.scalar(numbers[i] ?? 0) : tf.reshape(tf.slice(array ?? tf.zeros([i + 1]), [i], [1]), []);
}

/** The kernels of gradient descent of several parameters at once; arrays of float16 are computed with in float32. */
export function multiSgdKernels({ slots, momentum, mixed }: Variant): KernelTable<Attributes> {
  const parts = 2 + slots;
  const portable: TfjsKernel<Attributes> = {
    forward({ attributes, inputs }) {
      const { num_weights } = attributes;
      const given = "lrs" in attributes ? attributes : undefined;
      const [lrs, wds] = inputs.slice(num_weights * parts);
      const weights: tf.Tensor[] = [];
      const changed: tf.Tensor[] = [];
      for (let i = 0; i < num_weights; i++) {
        const own = inputs.slice(i * parts, (i + 1) * parts);
        const [copy, grad] = own;
        const weight = mixed ? own.at(-1) : copy;
        if (!weight || !grad) return [];
        const [lr, wd] = [perParameter(given?.lrs, lrs, i), perParameter(given?.wds, wds, i)];
        const step = tf.mul(lr, tf.add(scaledGradient(grad, attributes, 1), tf.mul(weight, wd)));
        const mom = momentum ? own[2] : undefined;
        const move = mom ? tf.sub(tf.mul(mom, attributes.momentum ?? 0), step) : tf.neg(step);
        const next = tf.add(weight, move);
        weights.push(next);
        if (mom) changed.push(move);
        if (mixed) changed.push(tf.clone(next));
      }
      return [...weights, ...changed];
    },
  };
  return { portable };
}
