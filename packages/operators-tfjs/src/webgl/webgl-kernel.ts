import type * as tf from "@tensorflow/tfjs";
import { type Compute, type ReplacementKernel, replacementKernel, type Stock } from "../replacement-kernel.ts";

/** A fragment shader as tfjs-backend-webgl takes it: GLSL with a `main` that calls `setOutput`. */
export interface WebglProgram {
  readonly variableNames: string[];
  readonly outputShape: number[];
  readonly userCode: string;
}

/** What kernels use of `MathBackendWebGL`. */
export interface WebglBackend {
  runWebGLProgram(program: WebglProgram, inputs: tf.TensorInfo[], dtype: tf.DataType): tf.TensorInfo;
  disposeData(dataId: object): boolean;
}

/** A kernel of ours for the backend "webgl". */
export function webglKernel<Inputs, Attributes>(
  name: string,
  create: (stock: Stock<WebglBackend>) => Compute<Inputs, Attributes, WebglBackend>,
): ReplacementKernel {
  return replacementKernel(name, create);
}
