import { castHostArray, type DType, type HostArray, hostArray, type Shape, toFloat32 } from "@mxgraft/base";
import { type Layout, tensorType } from "@mxgraft/operator";
import * as tf from "@tensorflow/tfjs";
import { fromLayout, physicalShape, toLayout } from "./layout.ts";

/** A tensor with the values of an array in MXNet's order, kept in a layout. The array may be changed afterwards. */
export function upload(array: HostArray, layout?: Layout): tf.Tensor {
  const placed = toLayout(array, layout);
  const type = tensorType(array.dtype);
  const shape = [...placed.shape];
  if (type === "float32") {
    // A copy: tfjs keeps the typed array it is given, and callers reuse theirs for the next batch.
    const values = placed === array || placed.data === array.data ? toFloat32(placed).slice() : toFloat32(placed);
    return tf.tensor(values, shape, "float32");
  }
  if (type === "bool") return tf.tensor(castHostArray(placed, "bool").data, shape, "bool");
  return tf.tensor(castHostArray(placed, "int32").data, shape, "int32");
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
