import type * as tf from "@tensorflow/tfjs";
import { type ReplacementKernel, replacementKernel } from "./replacement-kernel.ts";

interface Inputs {
  readonly x: tf.TensorInfo;
}

interface Attributes {
  readonly paddings: readonly (readonly [before: number, after: number])[];
  readonly constantValue: number;
}

interface Backend {
  disposeData(dataId: object): boolean;
}

/** The most axes for which tfjs's kernels of webgl and webgpu 4.22 make a shader that compiles. */
const MOST_AXES = 4;

/** Padding of arrays with more axes than the shaders of tfjs can pad: one axis after the other, as the middle one of three. */
export function padByAxis(): ReplacementKernel {
  return replacementKernel<Inputs, Attributes, Backend>("PadV2", (stock) => {
    const pad = stock("PadV2");
    const reshape = stock("Reshape");
    return ({ inputs: { x }, attrs: { paddings, constantValue }, backend }) => {
      if (x.shape.length <= MOST_AXES) return pad({ inputs: { x }, attrs: { paddings, constantValue }, backend });
      const shape = [...x.shape];
      let padded = reshape({ inputs: { x }, attrs: { shape }, backend });
      const replaceBy = (next: tf.TensorInfo) => {
        backend.disposeData(padded.dataId);
        padded = next;
      };
      const product = (sizes: readonly number[]) => sizes.reduce((all, size) => all * size, 1);
      for (const [axis, [before, after]] of paddings.entries()) {
        if (before === 0 && after === 0) continue;
        const three = [product(shape.slice(0, axis)), shape[axis] ?? 1, product(shape.slice(axis + 1))];
        replaceBy(reshape({ inputs: { x: padded }, attrs: { shape: three }, backend }));
        const around = {
          paddings: [
            [0, 0],
            [before, after],
            [0, 0],
          ],
          constantValue,
        };
        replaceBy(pad({ inputs: { x: padded }, attrs: around, backend }));
        shape[axis] = before + (shape[axis] ?? 1) + after;
      }
      replaceBy(reshape({ inputs: { x: padded }, attrs: { shape }, backend }));
      return padded;
    };
  });
}
