import type * as tf from "@tensorflow/tfjs";
import { webgpuKernel } from "./webgpu-kernel.ts";

/** Buffers that every implementation of WebGPU lets a shader have, one of them its output. */
const MOST_INPUTS = 8 - 1;

/**
 * The sum of tensors. The kernel of tfjs-backend-webgpu 4.22 makes one shader for all, which is refused when it has more
 * buffers than the device allows: the result then stays 0, and nothing is thrown.
 */
export const addN = webgpuKernel<Readonly<Record<string, tf.TensorInfo>>, object>("AddN", (stock) => {
  const addSome = stock("AddN");
  return ({ inputs, backend }) => {
    const terms = Object.values(inputs);
    const add = (some: readonly tf.TensorInfo[]) => addSome({ inputs: Object.assign([...some]), attrs: {}, backend });
    let sum = add(terms.slice(0, MOST_INPUTS));
    for (let i = MOST_INPUTS; i < terms.length; i += MOST_INPUTS - 1) {
      const next = add([sum, ...terms.slice(i, i + MOST_INPUTS - 1)]);
      backend.disposeData(sum.dataId);
      sum = next;
    }
    return sum;
  };
});
