import * as tf from "@tensorflow/tfjs";
import { floatsOf, wasmKernel } from "./wasm-kernel.ts";

interface Inputs {
  readonly x: tf.TensorInfo;
}

interface Attributes {
  readonly axis: number | number[];
  readonly keepDims: boolean;
}

/**
 * Sums over the first axes, as the gradients of biases and the statistics of channels are, row by row; others as
 * tfjs-backend-wasm does. That transposes the whole tensor for it first, four times as slow.
 */
export const sum = wasmKernel<Inputs, Attributes>("Sum", (stock) => {
  const otherSums = stock("Sum");
  return ({ inputs: { x }, attrs, backend }) => {
    const axes = tf.util.parseAxisParam(attrs.axis, x.shape).toSorted((a, b) => a - b);
    const leading = axes.every((axis, i) => axis === i);
    if (x.dtype !== "float32" || !leading || axes.length === 0 || axes.length === x.shape.length) {
      return otherSums({ inputs: { x }, attrs: { axis: attrs.axis, keepDims: attrs.keepDims }, backend });
    }
    const kept = x.shape.slice(axes.length);
    const result = backend.makeOutput(attrs.keepDims ? [...axes.map(() => 1), ...kept] : kept, "float32");
    const [totals, values] = [floatsOf(backend, result), floatsOf(backend, x)];
    const width = totals.length;
    // Float64 sums: a bias can have a hundred thousand terms.
    const exact = new Float64Array(width);
    for (let row = 0; row < values.length; row += width) {
      for (let i = 0; i < width; i++) exact[i] = (exact[i] as number) + (values[row + i] as number);
    }
    totals.set(exact);
    return result;
  };
});
