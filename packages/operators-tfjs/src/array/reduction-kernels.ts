import { sizeOf } from "@mxgraft/base";
import { type ReducedAxes, type ReductionAttributes, reducedAxes, reducedShape } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { sameType } from "../elementwise/same-type.ts";

/** What the gradient of a reduction is computed from. */
export interface ReducedCall<A> {
  readonly attributes: A;
  /** The gradient of the output, with size 1 for each axis that was reduced. */
  readonly dy: tf.Tensor;
  /** Freed unless the spec says that the gradient reads it, as is `y`. */
  readonly x: tf.Tensor;
  /** The output, with the axes of `dy`. */
  readonly y: tf.Tensor;
  /** Elements that became one. */
  readonly count: number;
}

/** A reduction in tfjs operations. */
interface Reduction<A> {
  forward(x: tf.Tensor, axes: number[], attributes: A): tf.Tensor;
  /** The gradient, or something that repeating along the axes makes it. */
  backward(call: ReducedCall<A>): tf.Tensor;
}

/** The kernels of a reduction along axes. */
export function reductionKernels<A extends ReducedAxes = ReductionAttributes>({
  forward,
  backward,
}: Reduction<A>): KernelTable<A> {
  const portable: TfjsKernel<A> = {
    forward({ attributes, inputs: [x], outputShapes: [shape] }) {
      if (!x || !shape) return [];
      const reduced = forward(x, reducedAxes(attributes, x.rank), attributes);
      return [sameType(tf.reshape(reduced, [...shape]), x)];
    },
    backward({ attributes, headGradients: [dy], inputs: [x], inputShapes: [shape], outputs: [y] }) {
      if (!dy || !x || !y || !shape) return [];
      const kept = [...reducedShape(shape, reducedAxes(attributes, shape.length), true)];
      const output = y.isDisposed ? y : tf.reshape(y, kept);
      const count = sizeOf(shape) / sizeOf(kept);
      const gradient = backward({ attributes, dy: tf.reshape(dy, kept), x, y: output, count });
      return [tf.broadcastTo(gradient, [...shape])];
    },
  };
  return { portable };
}
