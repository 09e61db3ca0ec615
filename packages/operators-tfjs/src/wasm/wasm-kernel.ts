import type * as tf from "@tensorflow/tfjs";

/** What kernels use of `BackendWasm`. */
export interface WasmBackend {
  /** A new tensor on the wasm heap, not cleared. */
  makeOutput(shape: number[], dtype: tf.DataType): tf.TensorInfo;
  /** The elements on the heap. Not valid after the next allocation: make all outputs first, then take the views. */
  typedArrayFromHeap(tensor: tf.TensorInfo): Float32Array | Int32Array | Uint8Array;
  disposeData(dataId: object): boolean;
}

/** A kernel as it is called: named inputs and attributes, with the backend. */
export type WasmCompute<Inputs, Attributes> = (call: {
  readonly inputs: Inputs;
  readonly attrs: Attributes;
  readonly backend: WasmBackend;
}) => tf.TensorInfo;

/** A kernel for the backend "wasm", made at its installation from the kernels that tfjs brings. */
export interface WasmKernel {
  readonly name: string;
  create(stock: (name: string) => WasmCompute<TensorInfos, object>): tf.KernelFunc;
}

type TensorInfos = Readonly<Record<string, tf.TensorInfo>>;

/**
 * A kernel that takes the place of one of tfjs, or fills a gap.
 *
 * @param create  gets a function that gives a kernel of tfjs by name, this kernel's own predecessor included.
 */
export function wasmKernel<Inputs, Attributes>(
  name: string,
  create: (stock: (name: string) => WasmCompute<TensorInfos, object>) => WasmCompute<Inputs, Attributes>,
): WasmKernel {
  return {
    name,
    // tfjs types what it hands to kernels as `{}`; the caller of a kernel passes what its name promises.
    create: (stock) => {
      const compute = create(stock);
      return ({ inputs, attrs, backend }) =>
        compute({ inputs: inputs as Inputs, attrs: attrs as Attributes, backend: backend as WasmBackend });
    },
  };
}

/** A view of a float32 tensor on the heap. */
export function floatsOf(backend: WasmBackend, tensor: tf.TensorInfo): Float32Array {
  const view = backend.typedArrayFromHeap(tensor);
  if (view instanceof Float32Array) return view;
  throw new Error(`internal: expected a float32 tensor on the wasm heap, got ${tensor.dtype}`);
}
