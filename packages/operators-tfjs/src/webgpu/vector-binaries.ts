import type * as tf from "@tensorflow/tfjs";
import { webgpuKernel } from "./webgpu-kernel.ts";

interface Inputs {
  readonly a: tf.TensorInfo;
  readonly b: tf.TensorInfo;
}

const NAMES = [
  "Add",
  "Sub",
  "Multiply",
  "RealDiv",
  "Maximum",
  "Minimum",
  "Pow",
  "SquaredDifference",
  "Greater",
  "GreaterEqual",
  "Less",
  "LessEqual",
  "Equal",
  "NotEqual",
] as const;

/** The most axes for which tfjs makes a shader that compiles when one operand is a vector. */
const MOST_AXES = 4;

function isVector({ shape }: tf.TensorInfo): boolean {
  return shape.length <= 1;
}

/**
 * Operations on an array of more than four axes and a vector along its last axis, a bias say. tfjs-backend-webgpu 4.22
 * makes a shader for them that does not compile; the result then stays 0, and nothing is thrown. To the operation, all
 * axes but the last are one.
 */
export const vectorBinaries = NAMES.map((name) =>
  webgpuKernel<Inputs, object>(name, (stock) => {
    const compute = stock(name);
    const reshape = stock("Reshape");
    return ({ inputs: { a, b }, attrs, backend }) => {
      const [array, vector] = isVector(a) ? [b, a] : [a, b];
      if (array.shape.length <= MOST_AXES || !isVector(vector)) return compute({ inputs: { a, b }, attrs, backend });
      const last = array.shape.at(-1) ?? 1;
      // Broadcasting also stretches an array whose last axis has size 1.
      const broad = last === 1 ? (vector.shape[0] ?? 1) : last;
      const outer = array.shape.slice(0, -1);
      const rows = outer.reduce((all, size) => all * size, 1);
      const flat = reshape({ inputs: { x: array }, attrs: { shape: [rows, last] }, backend });
      const inputs = array === a ? { a: flat, b } : { a, b: flat };
      const result = compute({ inputs, attrs, backend });
      const shaped = reshape({ inputs: { x: result }, attrs: { shape: [...outer, broad] }, backend });
      backend.disposeData(flat.dataId);
      backend.disposeData(result.dataId);
      return shaped;
    };
  }),
);
