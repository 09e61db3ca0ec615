import { type DType, equalShapes, formatShape, type HostArray, invariant, type Shape, ShapeError } from "@mxgraft/base";
import { type Layout, tensorType } from "@mxgraft/operator";
import * as tf from "@tensorflow/tfjs";
import { physicalShape } from "./layout.ts";
import type { TensorCell } from "./state-cell.ts";
import { TensorVariable } from "./tensorflow/tensor-variable.ts";
import { download, upload } from "./transfer.ts";

/** @throws ShapeError  an array put into a cell has another shape. */
export function checkCellShape(name: string, shape: Shape, array: HostArray): void {
  if (equalShapes(shape, array.shape)) return;
  throw new ShapeError(
    `Array "${name}" has shape ${formatShape(shape)}; an array of shape ${formatShape(array.shape)} cannot be put there.`,
    {
      argument: name,
      expected: shape,
      actual: array.shape,
    },
  );
}

/** A cell of zeros kept in a tensor of the current backend. */
export function createTensorCell(name: string, shape: Shape, dtype: DType, layout?: Layout): TensorCell {
  const physical = physicalShape(shape, layout);
  // Kept: a cell outlives every tidy() it may be written in.
  let tensor: tf.Tensor | undefined = tf.keep(tf.zeros(physical, tensorType(dtype)));
  let variable: TensorVariable | undefined;
  /** Whether the variable has the value of the tensor. */
  let assigned = false;
  let version = 0;
  const read = () => {
    if (tensor !== undefined) return tensor;
    invariant(variable, `cell "${name}" has neither a tensor nor a variable`);
    tensor = tf.keep(variable.read());
    return tensor;
  };
  const write = (next: tf.Tensor) => {
    const previous = tensor;
    version++;
    tensor = tf.keep(next);
    assigned = false;
    if (previous !== next) previous?.dispose();
  };
  return {
    kind: "tensor",
    name,
    shape,
    dtype,
    layout,
    get version() {
      return version;
    },
    read,
    write,
    handle(changes) {
      variable ??= new TensorVariable(physical, tensorType(dtype));
      if (!assigned && tensor !== undefined) variable.assign(tensor);
      assigned = true;
      if (changes) {
        version++;
        // Whoever holds the old value makes the step copy the array instead of changing it.
        tensor?.dispose();
        tensor = undefined;
      }
      return variable.handle;
    },
    toHost: () => download(read(), shape, dtype, layout),
    set(array) {
      checkCellShape(name, shape, array);
      // The cell's own type counts: an int32 array put into a float32 cell becomes float32.
      const same = tensorType(array.dtype) === tensorType(dtype);
      write(tf.tidy(() => (same ? upload(array, layout) : tf.cast(upload(array, layout), tensorType(dtype)))));
    },
    dispose() {
      tensor?.dispose();
      variable?.dispose();
      tensor = undefined;
      variable = undefined;
    },
  };
}
