import type * as tf from "@tensorflow/tfjs";
import { wasmKernel } from "./wasm-kernel.ts";

interface Inputs {
  readonly a: tf.TensorInfo;
  readonly b: tf.TensorInfo;
}

interface Attributes {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

/**
 * BatchMatMul with its operands transposed first: tfjs-backend-wasm takes a plain loop instead of XNNPACK when asked
 * to transpose, which is three to ten times as slow.
 */
export const batchMatMul = wasmKernel<Inputs, Attributes>("BatchMatMul", (stock) => {
  const multiply = stock("BatchMatMul");
  const transpose = stock("Transpose");
  return ({ inputs, attrs, backend }) => {
    const owned: tf.TensorInfo[] = [];
    const transposed = (x: tf.TensorInfo) => {
      const rank = x.shape.length;
      const outer = Array.from({ length: rank - 2 }, (_, axis) => axis);
      const result = transpose({ inputs: { x }, attrs: { perm: [...outer, rank - 1, rank - 2] }, backend });
      owned.push(result);
      return result;
    };
    const a = attrs.transposeA ? transposed(inputs.a) : inputs.a;
    const b = attrs.transposeB ? transposed(inputs.b) : inputs.b;
    const product = multiply({ inputs: { a, b }, attrs: { transposeA: false, transposeB: false }, backend });
    for (const tensor of owned) backend.disposeData(tensor.dataId);
    return product;
  };
});
