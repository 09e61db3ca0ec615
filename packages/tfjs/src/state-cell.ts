import type { DType, HostArray, Shape } from "@mxgraft/base";
import type { Layout, NDArray } from "@mxgraft/operator";
import type * as tf from "@tensorflow/tfjs";
import type { TensorId } from "./tensorflow/tfjs-node-backend.ts";

interface CellFacts {
  /** MXNet's name of the array, e.g. `"fc1_weight"`. */
  readonly name: string;
  /** MXNet's shape, whatever the layout in memory. */
  readonly shape: Shape;
  readonly dtype: DType;
  /** A copy in MXNet's order. */
  toHost(): Promise<HostArray>;
  /**
   * Puts in an array of the cell's shape, in MXNet's order; other data types are converted.
   *
   * @throws ShapeError  the shape is another.
   */
  set(array: HostArray): void;
  /** Frees what the backend holds. The cell cannot be used afterwards. */
  dispose(): void;
}

/** An array in a tensor, which a new tensor replaces when the array changes. */
export interface TensorCell extends CellFacts {
  readonly kind: "tensor";
  /** Order of the axes in the tensor. */
  readonly layout: Layout;
  /** Rises with every change, so that what was computed from the value knows whether it is still true. */
  readonly version: number;
  /** The tensor, which stays the cell's: never dispose it. */
  read(): tf.Tensor;
  /** Replaces the tensor, in the cell's layout, and takes it over; the old one is disposed. */
  write(tensor: tf.Tensor): void;
  /**
   * The handle of a resource variable with the cell's value, for compiled steps: from the first call on, variable and
   * cell are one array. The handle stays the cell's.
   *
   * @param changes  the step about to run changes the variable, so the cell gives up its tensor of the old value.
   * @throws BackendError  the backend "tensorflow" is not loaded.
   */
  handle(changes: boolean): TensorId;
}

/** An array in JavaScript memory, changed in place. */
export interface HostCell extends CellFacts {
  readonly kind: "host";
  /** The array itself. */
  readonly array: NDArray;
}

/** An array in a variable of the backend that rows can be read from and added to without touching the others. */
export interface VariableCell extends CellFacts {
  readonly kind: "variable";
  readonly variable: Variable;
}

/** A table (rows, columns) in the backend's memory that is changed in place. */
export interface Variable {
  readonly shape: Shape;
  /** For TensorFlow's operators that take a resource; it stays the variable's. */
  readonly handle: TensorId;
  /** Rows by index, (n) int32 -> (n, columns). */
  gather(indices: tf.Tensor): tf.Tensor;
  /** Adds `updates` (n, columns) to the rows `indices` (n) int32; an index may occur more than once. */
  scatterAdd(indices: tf.Tensor, updates: tf.Tensor): void;
  toHost(): Promise<HostArray>;
  set(array: HostArray): void;
  dispose(): void;
}

/** An array that lives from step to step: an argument, a gradient, an auxiliary state, a slot of an optimizer. */
export type StateCell = TensorCell | HostCell | VariableCell;
