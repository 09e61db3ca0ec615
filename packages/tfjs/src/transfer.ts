import { castHostArray, type DType, type HostArray, hostArray, type Shape, toFloat32 } from "@mxgraft/base";
import { type Layout, tensorType } from "@mxgraft/operator";
import * as tf from "@tensorflow/tfjs";
import { fromLayout, physicalShape, toLayout } from "./layout.ts";
import { tfjsNodeBackend } from "./tensorflow/tfjs-node-backend.ts";

/** A tensor with the values of an array in MXNet's order, kept in a layout. The array may be changed afterwards. */
export function upload(array: HostArray, layout?: Layout): tf.Tensor {
  const placed = toLayout(array, layout);
  const type = tensorType(array.dtype);
  const shape = [...placed.shape];
  if (type === "float32") return floatTensor(toFloat32(placed), shape, placed.data === array.data);
  if (type === "bool") return tf.tensor(castHostArray(placed, "bool").data, shape, "bool");
  return tf.tensor(castHostArray(placed, "int32").data, shape, "int32");
}

/** @param isShared  whether the values may be changed afterwards. */
function floatTensor(values: Float32Array, shape: number[], isShared: boolean): tf.Tensor {
  switch (tf.getBackend()) {
    case "tensorflow": {
      const backend = tfjsNodeBackend();
      const { binding } = backend;
      // tfjs would keep the array until an operator asks for the tensor, and then copy it too.
      const id = binding.createTensor(shape, binding.TF_FLOAT, values);
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
