/*
 * The one place that reaches into tfjs-node. Its backend object has what is needed here (the binding to TensorFlow's C
 * API, and the way between tensors and the binding's ids), but its declarations hide part of it as private, and the
 * package is optional, so its types cannot be imported by code that is published. The interfaces below say what is
 * used; `tfjsNodeBackend` checks that it is there. Written for tfjs-node 4.22.
 */
import { BackendError } from "@mxgraft/base";
import * as tf from "@tensorflow/tfjs";

/** An array held by TensorFlow, or a handle of a variable. Never used again for another one. */
export type TensorId = number;

/** An attribute of a TensorFlow operator; `type` is one of the binding's `TF_ATTR_*`. */
export interface OpAttribute {
  readonly name: string;
  readonly type: number;
  readonly value: boolean | number | string | readonly number[];
}

export interface TensorMetadata {
  readonly id: TensorId;
  readonly shape: number[];
  /** One of the binding's `TF_FLOAT` ... */
  readonly dtype: number;
}

/** Values of an array; of strings, the bytes of each. */
export type TensorValues = Float32Array | Int32Array | Uint8Array | readonly Uint8Array[];

export interface TensorflowBinding {
  /** Copies the values. */
  createTensor(shape: readonly number[], dtype: number, values: TensorValues): TensorId;
  deleteTensor(id: TensorId): void;
  tensorDataSync(id: TensorId): Float32Array | Int32Array | Uint8Array;
  executeOp(
    name: string,
    attributes: readonly OpAttribute[],
    inputs: readonly TensorId[],
    outputs: number,
  ): TensorMetadata[];
  /** A graph in a folder, as a session of its own. */
  loadSavedModel(folder: string, tags: string): number;
  deleteSavedModel(model: number): void;
  /** Names are separated by commas. */
  runSavedModel(model: number, inputs: readonly TensorId[], inputNames: string, outputNames: string): TensorMetadata[];
  isUsingGpuDevice(): boolean;
  getNumOfTensors(): number;
  readonly TF_FLOAT: number;
  readonly TF_INT32: number;
  readonly TF_BOOL: number;
  readonly TF_STRING: number;
  readonly TF_RESOURCE: number;
  readonly TF_ATTR_FLOAT: number;
  readonly TF_ATTR_STRING: number;
  readonly TF_ATTR_INT: number;
  readonly TF_ATTR_BOOL: number;
  readonly TF_ATTR_TYPE: number;
  readonly TF_ATTR_SHAPE: number;
  readonly TF_Version: string;
}

export interface TfjsNodeBackend {
  binding: TensorflowBinding;
  /** Ids of tensors; uploads values that were held back until now. The tensors keep owning them. */
  getInputTensorIds(tensors: readonly tf.TensorInfo[]): TensorId[];
  /** A tensor that takes over an id. */
  createOutputTensor(metadata: TensorMetadata): tf.Tensor;
}

function isTfjsNodeBackend(backend: unknown): backend is TfjsNodeBackend {
  return (
    typeof backend === "object" &&
    backend !== null &&
    "binding" in backend &&
    typeof backend.binding === "object" &&
    backend.binding !== null &&
    "executeOp" in backend.binding &&
    "getInputTensorIds" in backend &&
    "createOutputTensor" in backend
  );
}

/** The native backend, when it is loaded. */
export function loadedTfjsNodeBackend(): TfjsNodeBackend | undefined {
  const backend: unknown = tf.findBackend("tensorflow");
  return isTfjsNodeBackend(backend) ? backend : undefined;
}

/** @throws BackendError  the native backend is not loaded. */
export function tfjsNodeBackend(): TfjsNodeBackend {
  const backend = loadedTfjsNodeBackend();
  if (backend !== undefined) return backend;
  throw new BackendError('The backend "tensorflow" is not loaded; call setBackend("tensorflow") first.', {
    expected: "tensorflow",
    actual: tf.getBackend(),
  });
}

/** Version and device of the loaded TensorFlow; `undefined` when it is not loaded. */
export function tensorflowFacts(): { readonly version: string; readonly gpu: boolean } | undefined {
  const binding = loadedTfjsNodeBackend()?.binding;
  return binding && { version: binding.TF_Version, gpu: binding.isUsingGpuDevice() };
}
