import { invariant, type Shape } from "@mxgraft/base";
import type * as tf from "@tensorflow/tfjs";
import { booleanAttribute, shapeAttribute, stringAttribute, typeAttribute } from "./op-attributes.ts";
import { type TensorId, type TfjsNodeBackend, tfjsNodeBackend } from "./tfjs-node-backend.ts";
import { uniqueName } from "./unique-name.ts";

/**
 * A resource variable of TensorFlow that is read and written whole: a parameter while compiled steps change it in
 * place. For tables of which rows are read there is `ResourceVariable`.
 */
export class TensorVariable {
  readonly handle: TensorId;
  readonly #backend: TfjsNodeBackend;
  readonly #type: number;

  /**
   * Without a value yet: it has to be assigned first.
   *
   * @throws BackendError  the backend "tensorflow" is not loaded.
   */
  constructor(shape: Shape, dtype: "float32" | "int32" | "bool") {
    this.#backend = tfjsNodeBackend();
    const { binding } = this.#backend;
    this.#type = { float32: binding.TF_FLOAT, int32: binding.TF_INT32, bool: binding.TF_BOOL }[dtype];
    const [handle] = binding.executeOp(
      "VarHandleOp",
      [
        typeAttribute(binding, "dtype", this.#type),
        shapeAttribute(binding, "shape", shape),
        stringAttribute(binding, "shared_name", uniqueName("mxgraft_tensor")),
        stringAttribute(binding, "container", ""),
      ],
      [],
      1,
    );
    invariant(handle, "VarHandleOp gave no handle");
    this.handle = handle.id;
  }

  /** A tensor with its value. Until it is disposed, a change of the variable costs a copy. */
  read(): tf.Tensor {
    const { binding } = this.#backend;
    const types = [typeAttribute(binding, "dtype", this.#type)];
    const [value] = binding.executeOp("ReadVariableOp", types, [this.handle], 1);
    invariant(value, "ReadVariableOp gave no array");
    return this.#backend.createOutputTensor(value);
  }

  /** Takes the value of a tensor, without a copy. */
  assign(tensor: tf.Tensor): void {
    const { binding } = this.#backend;
    const [id] = this.#backend.getInputTensorIds([tensor]);
    invariant(id !== undefined, "tfjs-node gave no id for a tensor");
    binding.executeOp("AssignVariableOp", [typeAttribute(binding, "dtype", this.#type)], [this.handle, id], 0);
  }

  dispose(): void {
    const { binding } = this.#backend;
    binding.executeOp("DestroyResourceOp", [booleanAttribute(binding, "ignore_lookup_error", true)], [this.handle], 0);
    binding.deleteTensor(this.handle);
  }
}
