import type { NoAttributes } from "@mxgraft/operators";
import type { KernelTable, TfjsBackwardCall, TfjsForwardCall, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";

/** A function of one number that tfjs has no operation for. */
interface NumberFunction {
  forward(x: number): number;
  /** dy/dx. */
  slope(x: number): number;
}

/** f of each element. */
function map(values: ArrayLike<number>, f: (x: number) => number, like: tf.Tensor): tf.Tensor {
  return tf.tensor(Float32Array.from(values, f), like.shape);
}

/** The kernels of a function that is computed in JavaScript, number by number. */
export function numberKernels({ forward, slope }: NumberFunction): KernelTable<NoAttributes> {
  const layouts: TfjsKernel["layouts"] = () => ({ arguments: ["any"], outputs: ["any"] });
  const sync: TfjsKernel<NoAttributes> = {
    layouts,
    forward: ({ inputs: [x] }) => (x ? [map(x.dataSync(), forward, x)] : []),
    backward: ({ inputs: [x], headGradients: [dy] }) => [x && dy ? tf.mul(dy, map(x.dataSync(), slope, x)) : undefined],
  };
  const waiting: TfjsKernel<NoAttributes> = {
    layouts,
    // Tensors of webgpu and webgl can only be read by waiting.
    asynchronous: true,
    async forward({ inputs: [x] }: TfjsForwardCall<NoAttributes>) {
      return x ? [map(await x.data(), forward, x)] : [];
    },
    async backward({ inputs: [x], headGradients: [dy] }: TfjsBackwardCall<NoAttributes>) {
      if (!x || !dy) return [undefined];
      const values = await x.data();
      return [tf.tidy(() => tf.mul(dy, map(values, slope, x)))];
    },
  };
  return { portable: waiting, cpu: sync, wasm: sync, tensorflow: sync };
}
