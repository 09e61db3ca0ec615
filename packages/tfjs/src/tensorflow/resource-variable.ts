import {
  DTypeError,
  equalShapes,
  float32Array,
  formatShape,
  type HostArray,
  invariant,
  type Shape,
  ShapeError,
  sizeOf,
  toFloat32,
  UsageError,
  ValueError,
} from "@mxgraft/base";
import type * as tf from "@tensorflow/tfjs";
import type { Variable } from "../state-cell.ts";
import { booleanAttribute, shapeAttribute, stringAttribute, typeAttribute } from "./op-attributes.ts";
import { type TensorId, type TfjsNodeBackend, tfjsNodeBackend } from "./tfjs-node-backend.ts";
import { uniqueName } from "./unique-name.ts";

/** Bytes of a table that are on their way to or from JavaScript at a time. */
const CHUNK_BYTES = 16 * 2 ** 20;

/**
 * A table of float32 rows in TensorFlow's memory that is changed in place: a resource variable. Its cost per step is
 * that of the rows that are touched, and there is only one copy of it however large it is.
 *
 * It is read in parts by ResourceGather and never whole by ReadVariableOp: after the first scatter TensorFlow answers
 * ReadVariableOp with a copy (10 seconds for 2 GB).
 */
export class ResourceVariable implements Variable {
  readonly shape: Shape;
  readonly #backend: TfjsNodeBackend;
  readonly #rowSize: number;
  #handle: TensorId | undefined;

  /**
   * A table of zeros, which TensorFlow fills itself.
   *
   * @param shape  (rows, ...), at least one axis.
   * @throws BackendError  the backend "tensorflow" is not loaded.
   */
  constructor(shape: Shape) {
    if (shape.length === 0) {
      throw new ShapeError("A variable of rows needs a shape of at least one axis; () was given.", { actual: shape });
    }
    this.shape = [...shape];
    this.#rowSize = sizeOf(shape.slice(1));
    this.#backend = tfjsNodeBackend();
    const { binding } = this.#backend;
    const float = typeAttribute(binding, "dtype", binding.TF_FLOAT);
    const [handle] = binding.executeOp(
      "VarHandleOp",
      [
        float,
        shapeAttribute(binding, "shape", shape),
        stringAttribute(binding, "shared_name", uniqueName("mxgraft_variable")),
        stringAttribute(binding, "container", ""),
      ],
      [],
      1,
    );
    invariant(handle, "VarHandleOp gave no handle");
    this.#handle = handle.id;
    const sizes = binding.createTensor([shape.length], binding.TF_INT32, Int32Array.from(shape));
    const zero = binding.createTensor([], binding.TF_FLOAT, new Float32Array(1));
    const types = [
      typeAttribute(binding, "T", binding.TF_FLOAT),
      typeAttribute(binding, "index_type", binding.TF_INT32),
    ];
    const [zeros] = binding.executeOp("Fill", types, [sizes, zero], 1);
    invariant(zeros, "Fill gave no array");
    // The variable takes over the array; once its id is gone nobody else holds it, and updates need no copy.
    binding.executeOp("AssignVariableOp", [float], [handle.id, zeros.id], 0);
    for (const id of [sizes, zero, zeros.id]) binding.deleteTensor(id);
  }

  /**
   * The handle, for TensorFlow's operators that take a resource. It stays the variable's.
   *
   * @throws UsageError  the variable was disposed.
   */
  get handle(): TensorId {
    return this.#id();
  }

  #id(): TensorId {
    if (this.#handle === undefined) throw new UsageError("The variable was disposed and cannot be used any more.");
    return this.#handle;
  }

  #idOfIndices(indices: tf.Tensor): TensorId {
    if (indices.dtype !== "int32" || indices.rank !== 1) {
      throw new DTypeError(
        `Row indices of a variable are ${indices.dtype} ${formatShape(indices.shape)}, expected int32 of one axis.`,
        { expected: "int32", actual: indices.dtype },
      );
    }
    return this.#idOfTensor(indices);
  }

  #idOfTensor(tensor: tf.Tensor): TensorId {
    const [id] = this.#backend.getInputTensorIds([tensor]);
    invariant(id !== undefined, "tfjs-node gave no id for a tensor");
    return id;
  }

  #scatter(operator: "ResourceScatterAdd" | "ResourceScatterUpdate", indices: TensorId, rows: TensorId): void {
    const { binding } = this.#backend;
    const types = [
      typeAttribute(binding, "dtype", binding.TF_FLOAT),
      typeAttribute(binding, "Tindices", binding.TF_INT32),
    ];
    binding.executeOp(operator, types, [this.#id(), indices, rows], 0);
  }

  #gather(indices: TensorId) {
    const { binding } = this.#backend;
    const types = [
      typeAttribute(binding, "dtype", binding.TF_FLOAT),
      typeAttribute(binding, "Tindices", binding.TF_INT32),
    ];
    const [rows] = binding.executeOp("ResourceGather", types, [this.#id(), indices], 1);
    invariant(rows, "ResourceGather gave no array");
    return rows;
  }

  /**
   * Rows by index, (n) -> (n, ...).
   *
   * @throws Error of TensorFlow  an index is out of range (on the processor; a GPU gives zeros).
   */
  gather(indices: tf.Tensor): tf.Tensor {
    return this.#backend.createOutputTensor(this.#gather(this.#idOfIndices(indices)));
  }

  /** Adds rows to those at the indices; an index may occur more than once. */
  scatterAdd(indices: tf.Tensor, updates: tf.Tensor): void {
    const expected = [indices.size, ...this.shape.slice(1)];
    if (!equalShapes(updates.shape, expected)) {
      throw new ShapeError(
        `Updates of a variable ${formatShape(this.shape)} at ${indices.size} indices have shape ` +
          `${formatShape(updates.shape)}, expected ${formatShape(expected)}.`,
        { expected, actual: updates.shape },
      );
    }
    if (updates.dtype !== "float32") {
      throw new DTypeError(`Updates of a variable are ${updates.dtype}, expected float32.`, {
        expected: "float32",
        actual: updates.dtype,
      });
    }
    this.#scatter("ResourceScatterAdd", this.#idOfIndices(indices), this.#idOfTensor(updates));
  }

  /** Runs `work` with the indices from..to-1, and frees them however it ends. */
  #withIndices<T>(from: number, to: number, work: (indices: TensorId) => T): T {
    const { binding } = this.#backend;
    const values = Int32Array.from({ length: to - from }, (_, i) => from + i);
    const indices = binding.createTensor([to - from], binding.TF_INT32, values);
    try {
      return work(indices);
    } finally {
      binding.deleteTensor(indices);
    }
  }

  /** Calls `visit` for neighbouring ranges of rows, each small enough to be copied. */
  #inChunks(from: number, to: number, visit: (from: number, to: number) => void): void {
    const rows = Math.max(1, Math.floor(CHUNK_BYTES / Math.max(4, this.#rowSize * 4)));
    for (let start = from; start < to; start += rows) visit(start, Math.min(start + rows, to));
  }

  /** Copies the rows `from` (inclusive) to `to` (exclusive) into JavaScript memory. */
  readRows(from: number, to: number): HostArray<"float32"> {
    const rows = this.shape[0] ?? 0;
    if (!(Number.isInteger(from) && Number.isInteger(to) && from >= 0 && from <= to && to <= rows)) {
      throw new ValueError(`Rows ${from}..${to} were asked for, expected a range within 0..${rows}.`, {
        expected: [0, rows],
        actual: [from, to],
      });
    }
    const { binding } = this.#backend;
    const result = float32Array([to - from, ...this.shape.slice(1)]);
    this.#inChunks(from, to, (start, end) => {
      const part = this.#withIndices(start, end, (indices) => this.#gather(indices));
      const values = binding.tensorDataSync(part.id);
      binding.deleteTensor(part.id);
      invariant(values instanceof Float32Array, "a float32 array was read as another type");
      result.data.set(values, (start - from) * this.#rowSize);
    });
    return result;
  }

  async toHost(): Promise<HostArray<"float32">> {
    return this.readRows(0, this.shape[0] ?? 0);
  }

  /** Puts in all rows; other data types are converted. */
  set(array: HostArray): void {
    if (!equalShapes(array.shape, this.shape)) {
      throw new ShapeError(
        `An array of shape ${formatShape(array.shape)} does not fit into a variable of shape ${formatShape(this.shape)}.`,
        { expected: this.shape, actual: array.shape },
      );
    }
    const { binding } = this.#backend;
    const values = toFloat32(array);
    this.#inChunks(0, this.shape[0] ?? 0, (start, end) => {
      const part = values.subarray(start * this.#rowSize, end * this.#rowSize);
      const rows = binding.createTensor([end - start, ...this.shape.slice(1)], binding.TF_FLOAT, part);
      try {
        this.#withIndices(start, end, (indices) => this.#scatter("ResourceScatterUpdate", indices, rows));
      } finally {
        binding.deleteTensor(rows);
      }
    });
  }

  /** Frees the table. A second call does nothing. */
  dispose(): void {
    if (this.#handle === undefined) return;
    const { binding } = this.#backend;
    binding.executeOp("DestroyResourceOp", [booleanAttribute(binding, "ignore_lookup_error", true)], [this.#handle], 0);
    binding.deleteTensor(this.#handle);
    this.#handle = undefined;
  }
}
