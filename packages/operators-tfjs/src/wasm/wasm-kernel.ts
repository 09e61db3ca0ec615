import type * as tf from "@tensorflow/tfjs";
import { type Compute, type ReplacementKernel, replacementKernel, type Stock } from "../replacement-kernel.ts";

/** A `WebAssembly.Memory`. */
export interface HeapMemory {
  readonly buffer: ArrayBuffer | SharedArrayBuffer;
}

/** What kernels use of `BackendWasm`. */
export interface WasmBackend {
  /** A new tensor on the wasm heap, not cleared. */
  makeOutput(shape: number[], dtype: tf.DataType): tf.TensorInfo;
  /** The elements on the heap. Not valid after the next allocation: make all outputs first, then take the views. */
  typedArrayFromHeap(tensor: tf.TensorInfo): Float32Array | Int32Array | Uint8Array;
  disposeData(dataId: object): boolean;
  /** The module of tfjs, as Emscripten makes it. */
  readonly wasm: {
    /** What it exports, the heap among it. */
    readonly asm?: { readonly memory?: HeapMemory };
    /** The heap where threads share it. */
    readonly wasmMemory?: HeapMemory;
  };
}

/** A kernel of ours for the backend "wasm". */
export function wasmKernel<Inputs, Attributes>(
  name: string,
  create: (stock: Stock<WasmBackend>) => Compute<Inputs, Attributes, WasmBackend>,
): ReplacementKernel {
  return replacementKernel(name, create);
}

/** A view of a float32 tensor on the heap. */
export function floatsOf(backend: WasmBackend, tensor: tf.TensorInfo): Float32Array {
  const view = backend.typedArrayFromHeap(tensor);
  if (view instanceof Float32Array) return view;
  throw new Error(`internal: expected a float32 tensor on the wasm heap, got ${tensor.dtype}`);
}

/** Where a float32 tensor lies on the heap, in bytes; stays the same as long as the tensor lives. */
export function addressOf(backend: WasmBackend, tensor: tf.TensorInfo): number {
  return floatsOf(backend, tensor).byteOffset;
}

/** Gives `use` the address of as many numbers on the heap, not cleared, for as long as it runs. */
export function withScratch(backend: WasmBackend, numbers: number, use: (address: number) => void): void {
  const scratch = backend.makeOutput([numbers], "float32");
  use(addressOf(backend, scratch));
  backend.disposeData(scratch.dataId);
}
