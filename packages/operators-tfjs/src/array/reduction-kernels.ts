import { type ReducedAxes, type ReductionAttributes, reducedAxes, reducedShape } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { sameType } from "../elementwise/same-type.ts";

/** A reduction in tfjs operations. */
interface Reduction<A> {
  forward(x: tf.Tensor, axes: number[], attributes: A): tf.Tensor;
  /**
   * The gradient, or something that repeating along the axes makes it.
   *
   * @param dy  of the output, with size 1 for each axis that was reduced.
   * @param y   the output, likewise.
   */
  backward(dy: tf.Tensor, x: tf.Tensor, y: tf.Tensor, attributes: A): tf.Tensor;
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
      // The output may be gone when the gradient does not read it.
      const output = y.isDisposed ? y : tf.reshape(y, kept);
      const gradient = backward(tf.reshape(dy, kept), x, output, attributes);
      return [tf.broadcastTo(gradient, [...shape])];
    },
  };
  return { portable };
}
