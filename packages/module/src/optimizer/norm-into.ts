import { invoke, type StateCell } from "@mxgraft/executor";

/** Computes the Euclidean norm of an array into a cell of shape (1). */
export function normInto(out: StateCell, data: StateCell): void {
  invoke("norm", { inputs: [data], attributes: { ord: 2, axis: null, out_dtype: null, keepdims: false }, out });
}
