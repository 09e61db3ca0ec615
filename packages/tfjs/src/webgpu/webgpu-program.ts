import * as tf from "@tensorflow/tfjs";

/** A compute shader as tfjs-backend-webgpu takes it. */
export interface WebgpuProgram {
  readonly variableNames: string[];
  readonly uniforms: string;
  readonly outputShape: number[];
  readonly dispatchLayout: { readonly x: number[] };
  /** Workgroups along three axes; tfjs spreads them when there are more than a device allows along one. */
  dispatch: [number, number, number];
  readonly workgroupSize: [number, number, number];
  readonly size: true;
  /** tfjs appends ranks and types of the inputs, and keeps compiled shaders by it. */
  shaderKey: string;
  getUserCode(): string;
}

/** A number or a vector of them, in the order of the declarations in `uniforms`. */
export interface WebgpuUniform {
  readonly type: "int32" | "float32";
  readonly data: number[];
}

/** What kernels use of `WebGPUBackend`. */
export interface WebgpuBackend {
  /** @param output  is written to in place; a new tensor when left out. */
  runWebGPUProgram(
    program: WebgpuProgram,
    inputs: tf.TensorInfo[],
    dtype: tf.DataType,
    uniforms?: WebgpuUniform[],
    output?: tf.TensorInfo,
  ): tf.TensorInfo;
  disposeData(dataId: object): boolean;
  /** What is known of a tensor's data; `values` are a copy that was read back. */
  readonly tensorMap: { get(dataId: object): { values: unknown } | undefined };
}

/** tfjs's backend while it is webgpu. */
export function webgpuBackend(): WebgpuBackend | undefined {
  if (tf.getBackend() !== "webgpu") return undefined;
  const backend: unknown = tf.backend();
  const isWebgpu = typeof backend === "object" && backend !== null && "runWebGPUProgram" in backend;
  // `WebGPUBackend` of a package that is not always installed.
  return isWebgpu ? (backend as WebgpuBackend) : undefined;
}

const THREADS = 64;

/**
 * A shader with one thread for each element of its output.
 *
 * @param options.code  WGSL that computes the element `index`. tfjs adds for an input "x" the array `x`, `getX(...)` by
 *   coordinates and `uniforms.xShape`; the output is the array `result`.
 */
export function elementProgram(
  key: string,
  options: {
    readonly inputs: readonly string[];
    /** Declarations such as "alpha : f32,", of which the values are given at each run. */
    readonly uniforms?: string;
    readonly outputShape: readonly number[];
    readonly code: string;
  },
): WebgpuProgram {
  const { inputs, uniforms = "", outputShape, code } = options;
  const elements = outputShape.reduce((all, size) => all * size, 1);
  return {
    variableNames: [...inputs],
    uniforms,
    outputShape: [...outputShape],
    dispatchLayout: { x: outputShape.map((_, axis) => axis) },
    dispatch: [Math.ceil(elements / THREADS), 1, 1],
    workgroupSize: [THREADS, 1, 1],
    size: true,
    shaderKey: `mxgraft ${key}`,
    getUserCode: () => `
      fn main(index : i32) {
        if (index < uniforms.size) {
          ${code}
        }
      }`,
  };
}

/** Runs a shader that makes a new tensor. */
export function runProgram(
  backend: WebgpuBackend,
  program: WebgpuProgram,
  inputs: readonly tf.Tensor[],
  uniforms: readonly WebgpuUniform[] = [],
): tf.Tensor {
  const info = backend.runWebGPUProgram(program, [...inputs], "float32", [...uniforms]);
  return tf.engine().makeTensorFromTensorInfo(info);
}

/** Runs a shader that changes some elements of a tensor in place. Nobody else may hold the tensor's data. */
export function runProgramInto(
  backend: WebgpuBackend,
  program: WebgpuProgram,
  inputs: readonly tf.Tensor[],
  output: tf.Tensor,
  uniforms: readonly WebgpuUniform[] = [],
): void {
  backend.runWebGPUProgram(program, [...inputs], "float32", [...uniforms], output);
  // tfjs takes tensors as immutable: it keeps what was read of them once, and would give it out again.
  const data = backend.tensorMap.get(output.dataId);
  if (data) data.values = null;
}
