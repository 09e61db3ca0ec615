import { type HostArray, UsageError } from "@mxgraft/base";
import { createStateCell, type StateCell } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";

export interface ClassCentersOptions {
  /** C, number of classes. */
  readonly numClass: number;
  /** D, numbers of one feature. */
  readonly size: number;
  /** Step of the centers, no unit, usually 0..1; default 0.5. 0 keeps them where they are. */
  readonly alpha?: number;
  /** Weight of the gradient alone, no unit; default 1. */
  readonly scale?: number;
}

// Kernels of tfjs take tensors and plain attributes, so a table goes through them as a number.
const tables = new Map<number, ClassCenters>();
let made = 0;

/**
 * The centers of center loss for training loops of TensorFlow.js: a table (C, D) that starts at 0, lives on the backend
 * that is current when it is made, and is moved by every backward pass through `centerLoss`.
 *
 * @throws UsageError  `numClass` or `size` is not an integer >= 1.
 */
export class ClassCenters {
  readonly numClass: number;
  readonly size: number;
  readonly alpha: number;
  readonly scale: number;
  /** Number of the table in attributes of the tfjs kernel. */
  readonly id: number;
  readonly #cell: StateCell;

  constructor({ numClass, size, alpha = 0.5, scale = 1 }: ClassCentersOptions) {
    for (const [option, value] of Object.entries({ numClass, size })) {
      if (Number.isInteger(value) && value >= 1) continue;
      throw new UsageError(`ClassCenters: "${option}" is ${value}, expected an integer >= 1.`, { argument: option });
    }
    this.numClass = numClass;
    this.size = size;
    this.alpha = alpha;
    this.scale = scale;
    const backend = tf.getBackend();
    const storage = backend === "tensorflow" ? "variable" : backend === "cpu" || backend === "wasm" ? "host" : "tensor";
    this.#cell = createStateCell({ name: "centers", shape: [numClass, size], dtype: "float32", storage });
    made += 1;
    this.id = made;
    tables.set(this.id, this);
  }

  /** The table with a number, as long as it is not disposed. */
  static find(id: number): ClassCenters | undefined {
    return tables.get(id);
  }

  /** Where the table is kept. */
  get cell(): StateCell {
    return this.#cell;
  }

  /** A copy of the table, (C, D). */
  toHost(): Promise<HostArray> {
    return this.#cell.toHost();
  }

  /**
   * Puts centers in, a checkpoint for instance.
   *
   * @throws ShapeError  the array is not (C, D).
   */
  set(centers: HostArray): void {
    this.#cell.set(centers);
  }

  /** Frees the table. */
  dispose(): void {
    if (tables.delete(this.id)) this.#cell.dispose();
  }
}
