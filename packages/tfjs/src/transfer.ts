import { castHostArray, type DType, type HostArray, hostArray, type Shape, sizeOf, toFloat32 } from "@mxgraft/base";
import { type Layout, tensorType } from "@mxgraft/operator";
import * as tf from "@tensorflow/tfjs";
import { changeLayout, fromLayout, movesElements, physicalShape, toLayout } from "./layout.ts";
import { tfjsNodeBackend } from "./tensorflow/tfjs-node-backend.ts";

/** Up to how many numbers go through an array that stays. */
const MOST_KEPT = 1 << 22;
let kept = new Float32Array(0);

/**
 * Numbers on their way to TensorFlow. A new array for each batch would cost more than filling it, and V8 a collection of
 * everything now and then. TensorFlow copies an array unless it begins at a multiple of 64 bytes; then it would go on
 * reading what is the next batch's by then. One number behind the beginning of its memory, this one never does.
 */
function room(size: number): Float32Array {
  if (size > MOST_KEPT) return new Float32Array(size);
  if (size >= kept.length) kept = new Float32Array(size + 1);
  return kept.subarray(1, size + 1);
}

function roomInOrder({ dtype }: HostArray, shape: Shape): HostArray {
  return dtype === "float32" ? hostArray(dtype, shape, room(sizeOf(shape))) : hostArray(dtype, shape);
}

function copyForTensorflow(values: Float32Array): Float32Array {
  const copy = room(values.length);
  copy.set(values);
  return copy;
}

/** From how many numbers on TensorFlow, with all threads, changes the layout faster than a loop of ours. */
const MANY = 1 << 17;

/** A tensor with the values of an array in MXNet's order, kept in a layout. The array may be changed afterwards. */
export function upload(array: HostArray, layout?: Layout): tf.Tensor {
  if (tf.getBackend() === "tensorflow" && array.data.length >= MANY && movesElements(array.shape, layout)) {
    const plain = upload(array);
    const moved = changeLayout(plain, array.shape, undefined, layout);
    plain.dispose();
    return moved;
  }
  const placed = toLayout(array, layout, tf.getBackend() === "tensorflow" ? roomInOrder : undefined);
  const type = tensorType(array.dtype);
  const shape = [...placed.shape];
  if (type === "float32") {
    const values = toFloat32(placed);
    return floatTensor(values, shape, values === array.data);
  }
  if (type === "bool") return tf.tensor(castHostArray(placed, "bool").data, shape, "bool");
  return tf.tensor(castHostArray(placed, "int32").data, shape, "int32");
}

/** @param isShared  whether the values may be changed afterwards. */
function floatTensor(values: Float32Array, shape: number[], isShared: boolean): tf.Tensor {
  switch (tf.getBackend()) {
    case "tensorflow": {
      const backend = tfjsNodeBackend();
      const { binding } = backend;
      // tfjs would keep the array until an operator asks for the tensor.
      const id = binding.createTensor(shape, binding.TF_FLOAT, isShared ? copyForTensorflow(values) : values);
      return backend.createOutputTensor({ id, shape, dtype: binding.TF_FLOAT });
    }
    case "wasm":
      return tf.tensor(values, shape, "float32");
    default:
      // These keep the typed array they are given, and callers reuse theirs for the next batch.
      return tf.tensor(isShared ? values.slice() : values, shape, "float32");
  }
}

function arrayOf(
  values: Float32Array | Int32Array | Uint8Array,
  shape: Shape,
  dtype: DType,
  layout: Layout,
): HostArray {
  const physical = physicalShape(shape, layout);
  const raw =
    values instanceof Float32Array
      ? hostArray("float32", physical, values)
      : values instanceof Int32Array
        ? hostArray("int32", physical, values)
        : hostArray("bool", physical, values);
  const ordered = fromLayout(raw, layout);
  return ordered.dtype === dtype ? ordered : castHostArray(ordered, dtype);
}

/**
 * The values of a tensor as an array in MXNet's order.
 *
 * @param shape  MXNet's shape.
 */
export async function download(tensor: tf.Tensor, shape: Shape, dtype: DType, layout?: Layout): Promise<HostArray> {
  const values = await tensor.data();
  return arrayOf(values, shape, dtype, layout);
}
