import { castHostArray, type HostArray, hostArray, invariant, type Shape } from "@mxgraft/base";
import type { GraphType } from "@mxgraft/operator";
import { GRAPH_TYPE_NUMBERS, type TensorMessage } from "../proto/messages.ts";
import { shapeMessage } from "./attribute-message.ts";

/** An array in TensorFlow's form: bytes in row-major order, little-endian. */
export function tensorMessage({ dtype, shape, data }: HostArray): TensorMessage {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return {
    dtype: GRAPH_TYPE_NUMBERS[dtype],
    tensor_shape: shapeMessage(shape),
    tensor_content: Uint8Array.from(bytes),
  };
}

/** Numbers or truth values as an array of a type. */
export function arrayOf(values: readonly (number | boolean)[], type: GraphType, shape: Shape): HostArray {
  invariant(type !== "string" && type !== "resource", `there are no constants of type ${type}`);
  return castHostArray(hostArray("float64", shape, Float64Array.from(values, Number)), type);
}
