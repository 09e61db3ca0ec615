import { formatShape, type HostArray, ShapeError, UsageError, ValueError } from "@mxgraft/base";
import { ArrayPool } from "./array-pool.ts";
import type { DataBatch } from "./data-batch.ts";
import type { DataDesc } from "./data-desc.ts";
import { type DataIterState, remainingBatches, type SyncDataIter } from "./data-iter.ts";
import { gatherRows } from "./gather-rows.ts";
import { type ArraysInput, namedArrays } from "./named-arrays.ts";
import { RowOrder } from "./row-order.ts";

export interface NDArrayIterOptions {
  /** Rows of a batch; default 1. */
  readonly batchSize?: number;
  /** Random order; default false. */
  readonly shuffle?: boolean;
  /** With `shuffle`, a new order at every reset, as MXNet 1.9.1 does; false keeps the first. Default true. */
  readonly reshuffle?: boolean;
  /** Seed of the order; default 0. */
  readonly seed?: number;
  /**
   * What becomes of rows at the end that fill no batch. `pad` (the default): they are filled up with rows from the
   * start, `batch.pad` of them. `discard`: they are left out. `roll_over`: they begin the next epoch's first batch,
   * whose `pad` is their number (MXNet's way to say that they belong to the epoch before).
   */
  readonly lastBatchHandle?: "pad" | "discard" | "roll_over";
  /** Name of the data where it has none; default `data`. */
  readonly dataName?: string;
  /** Name of the label where it has none; default `softmax_label`. */
  readonly labelName?: string;
  /** Meaning of the axes; N is the batch. Default `NCHW`. */
  readonly layout?: string;
}

type Source = readonly (readonly [name: string, array: HostArray])[];

function checkBatchSize(batchSize: number): void {
  if (Number.isInteger(batchSize) && batchSize > 0) return;
  throw new ValueError(`batchSize is ${batchSize}, expected an integer of 1 or more.`, {
    argument: "batchSize",
    actual: batchSize,
  });
}

/**
 * Batches from arrays in memory (`mx.io.NDArrayIter` of MXNet 1.9.1).
 *
 * @throws ShapeError  an array lacks the batch axis, or the arrays have different numbers of rows.
 * @throws ValueError  `batchSize` is no positive integer.
 * @throws UsageError  there is no array, or `layout` has no N.
 */
export class NDArrayIter implements SyncDataIter {
  readonly batchSize: number;
  readonly provideData: readonly DataDesc[];
  readonly provideLabel: readonly DataDesc[];
  readonly #data: Source;
  readonly #label: Source;
  readonly #axis: number;
  readonly #layout: string;
  readonly #lastBatchHandle: "pad" | "discard" | "roll_over";
  readonly #order: RowOrder;
  readonly #pool = new ArrayPool();
  #position = 0;
  #carried: readonly number[] = [];

  constructor(data: ArraysInput, label?: ArraysInput, options: NDArrayIterOptions = {}) {
    const { batchSize = 1, shuffle = false, reshuffle = true, seed = 0, layout = "NCHW" } = options;
    checkBatchSize(batchSize);
    this.batchSize = batchSize;
    this.#layout = layout;
    this.#axis = layout.indexOf("N");
    if (this.#axis < 0)
      throw new UsageError(`layout is "${layout}", expected one with N for the batch, such as "NCHW".`, {
        argument: "layout",
        actual: layout,
      });
    this.#lastBatchHandle = options.lastBatchHandle ?? "pad";
    this.#data = namedArrays(data, options.dataName ?? "data");
    this.#label = label === undefined ? [] : namedArrays(label, options.labelName ?? "softmax_label");
    this.#order = new RowOrder(this.#countRows(), { shuffle, reshuffle, seed });
    this.provideData = this.#describe(this.#data);
    this.provideLabel = this.#describe(this.#label);
  }

  /** MXNet lets the first array decide and fails, or repeats rows, in the last batch of a shorter one. */
  #countRows(): number {
    const sources = [...this.#data, ...this.#label];
    const counts = sources.map(([, array]) => array.shape[this.#axis]);
    const [first] = counts;
    if (first === undefined || counts.some((count) => count !== first)) {
      const found = sources.map(([name, array]) => `"${name}" ${formatShape(array.shape)}`).join(", ");
      throw new ShapeError(
        `Arrays of one iterator need the same size on axis ${this.#axis} (N of ${this.#layout}), found ${found}.`,
        {
          argument: "data",
          actual: counts,
        },
      );
    }
    return first;
  }

  #describe(source: Source): DataDesc[] {
    return source.map(([name, { shape, dtype }]) => ({
      name,
      shape: shape.with(this.#axis, this.batchSize),
      dtype,
      layout: this.#layout,
    }));
  }

  /** Rows of the next batch, and how many of them are padding; `undefined` at the end of the epoch. */
  #nextRows(): { rows: Int32Array; pad: number } | undefined {
    const { rows: order } = this.#order;
    const carried = this.#position === 0 ? this.#carried : [];
    const rows = Int32Array.from([
      ...carried,
      ...order.subarray(this.#position, this.#position + this.batchSize - carried.length),
    ]);
    if (rows.length === carried.length && this.#position >= order.length) return undefined;
    this.#position = Math.min(order.length, this.#position + this.batchSize - carried.length);
    if (rows.length === this.batchSize) {
      this.#carried = [];
      return { rows, pad: carried.length };
    }
    if (this.#lastBatchHandle === "roll_over") this.#carried = [...rows];
    if (this.#lastBatchHandle !== "pad") return undefined;
    const pad = this.batchSize - rows.length;
    const wrapped = Int32Array.from({ length: pad }, (_, i) => order[i % order.length] ?? 0);
    return { rows: Int32Array.from([...rows, ...wrapped]), pad };
  }

  next(): DataBatch | undefined {
    const batch = this.#nextRows();
    if (batch === undefined) return undefined;
    const { rows, pad } = batch;
    const used = this.#pool.take();
    return {
      data: this.#data.map(([, array], i) => gatherRows(array, rows, this.#axis, used?.[i])),
      label: this.#label.map(([, array]) => gatherRows(array, rows, this.#axis)),
      pad,
      index: rows,
    };
  }

  recycle(batch: DataBatch): void {
    this.#pool.give(batch);
  }

  /** As in MXNet, rows are rolled over only from an epoch that was gone through to its end. */
  reset(): void {
    if (this.#position < this.#order.rows.length) this.#carried = [];
    this.#order.nextEpoch();
    this.#position = 0;
  }

  hardReset(): void {
    this.#carried = [];
    this.#order.nextEpoch();
    this.#position = 0;
  }

  state(): DataIterState {
    const random = this.#order.state();
    return { position: this.#position, carried: this.#carried, ...(random === undefined ? {} : { random }) };
  }

  restore(state: DataIterState): void {
    this.#order.restore(state.random);
    this.#position = state.position;
    this.#carried = [...(state.carried ?? [])];
  }

  [Symbol.iterator](): Iterator<DataBatch> {
    return remainingBatches(this);
  }
}
