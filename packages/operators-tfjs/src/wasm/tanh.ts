import type * as tf from "@tensorflow/tfjs";
import { TANH_DENOMINATOR, TANH_LIMIT, TANH_NUMERATOR } from "./tanh-quotient.ts";
import { heapFunctionsOf } from "./vector/heap-functions.ts";
import { addressOf, floatsOf, wasmKernel } from "./wasm-kernel.ts";

interface Inputs {
  readonly x: tf.TensorInfo;
}

/** Writes tanh of each number, without vectors; computed in float64. */
function writeTanh(to: Float32Array, from: Float32Array): void {
  const [p0, p1, p2, p3, p4, p5, p6] = TANH_NUMERATOR;
  const [q0, q1, q2, q3] = TANH_DENOMINATOR;
  for (let i = 0; i < to.length; i++) {
    let value = from[i] as number;
    if (value > TANH_LIMIT) value = TANH_LIMIT;
    else if (value < -TANH_LIMIT) value = -TANH_LIMIT;
    const s = value * value;
    const p = p0 + s * (p1 + s * (p2 + s * (p3 + s * (p4 + s * (p5 + s * p6)))));
    const q = q0 + s * (q1 + s * (q2 + s * q3));
    to[i] = (value * p) / q;
  }
}

/**
 * tanh as a quotient of polynomials, within 4e-7 of the value, relatively. The kernel of tfjs-backend-wasm calls the C
 * library for each element, thirty times as slow.
 */
export const tanh = wasmKernel<Inputs, object>("Tanh", (stock) => {
  const otherTanh = stock("Tanh");
  return ({ inputs: { x }, backend }) => {
    if (x.dtype !== "float32") return otherTanh({ inputs: { x }, attrs: {}, backend });
    const result = backend.makeOutput([...x.shape], "float32");
    const [to, from] = [floatsOf(backend, result), floatsOf(backend, x)];
    const heap = heapFunctionsOf(backend);
    if (heap && to.length > 0) heap.tanh(addressOf(backend, x), addressOf(backend, result), to.length);
    else writeTanh(to, from);
    return result;
  };
});
