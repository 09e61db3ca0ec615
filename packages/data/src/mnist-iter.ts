import {
  equalShapes,
  formatShape,
  type HostArray,
  hostArray,
  invariant,
  ShapeError,
  toFloat32,
  ValueError,
} from "@mxgraft/base";
import { readIdx } from "@mxgraft/files";
import { ArrayPool } from "./array-pool.ts";
import type { DataBatch } from "./data-batch.ts";
import type { DataDesc } from "./data-desc.ts";
import { type DataIterState, remainingBatches, type SyncDataIter } from "./data-iter.ts";
import { RowOrder } from "./row-order.ts";

export interface MNISTIterOptions {
  /** Rows of a batch; default 128. Rows at the end that fill no batch are left out. */
  readonly batchSize?: number;
  /** Random order, drawn once; default true, as in MXNet. */
  readonly shuffle?: boolean;
  /** With `shuffle`, a new order at every reset. MXNet has no such thing; default false. */
  readonly reshuffle?: boolean;
  /** Images as `(N, 784)` instead of `(N, 1, 28, 28)`; default false. */
  readonly flat?: boolean;
  /** Seed of the order; default 0. (Not MXNet's order.) */
  readonly seed?: number;
  /** False: say on the console how many images were read, as MXNet does. Default true. */
  readonly silent?: boolean;
  /** Take one of this many equal parts; default 1. */
  readonly numParts?: number;
  /** Which part, from 0; default 0. */
  readonly partIndex?: number;
  /** Only to be checked: the shape of one image must be this, e.g. `[1, 28, 28]`, or `[784]` with `flat`. */
  readonly inputShape?: readonly number[];
  /** Take only the rows `[from, to)` of the files, before they are parted. */
  readonly range?: readonly [from: number, to: number];
  /** Default `data`. */
  readonly dataName?: string;
  /** Default `softmax_label`. */
  readonly labelName?: string;
}

/** Images and labels as the bytes of idx files (packed or not), or as read already. */
export interface MNISTSource {
  readonly image: Uint8Array | HostArray;
  readonly label: Uint8Array | HostArray;
  /** Names of the files for messages. */
  readonly imageFile?: string;
  readonly labelFile?: string;
}

interface Digits {
  /** `(count, height, width)`. */
  readonly images: HostArray<"uint8">;
  readonly labels: Float32Array;
}

function toArray(source: Uint8Array | HostArray, file: string): HostArray {
  return source instanceof Uint8Array ? readIdx(source, { file }) : source;
}

function isBytes(array: HostArray): array is HostArray<"uint8"> {
  return array.dtype === "uint8";
}

function readDigits(source: MNISTSource): Digits {
  const imageFile = source.imageFile ?? "image";
  const labelFile = source.labelFile ?? "label";
  const images = toArray(source.image, imageFile);
  const labels = toArray(source.label, labelFile);
  if (!isBytes(images) || images.shape.length !== 3) {
    throw new ShapeError(
      `${imageFile}: holds ${images.dtype} of shape ${formatShape(images.shape)}, expected images: uint8 (count, height, width). Are image and label file swapped?`,
      { file: imageFile, actual: images.shape },
    );
  }
  if (labels.shape.length !== 1) {
    throw new ShapeError(`${labelFile}: has shape ${formatShape(labels.shape)}, expected labels (count,).`, {
      file: labelFile,
      actual: labels.shape,
    });
  }
  if (images.shape[0] !== labels.shape[0]) {
    throw new ShapeError(
      `${imageFile} has ${images.shape[0]} images, but ${labelFile} has ${labels.shape[0]} labels. They are not of one pair.`,
      { file: labelFile, expected: images.shape[0], actual: labels.shape[0] },
    );
  }
  return { images, labels: toFloat32(labels) };
}

/** First row and number of rows that the options leave. */
function selectRows(count: number, options: MNISTIterOptions): { first: number; rows: number } {
  const { range: [from, to] = [0, count], numParts = 1, partIndex = 0 } = options;
  if (!Number.isInteger(from) || !Number.isInteger(to) || from < 0 || from >= to || to > count) {
    throw new ValueError(`range ${from}:${to} is not within the ${count} images; expected from < to <= ${count}.`, {
      argument: "range",
      expected: [0, count],
      actual: [from, to],
    });
  }
  if (
    !Number.isInteger(numParts) ||
    !Number.isInteger(partIndex) ||
    numParts < 1 ||
    partIndex < 0 ||
    partIndex >= numParts
  ) {
    throw new ValueError(`partIndex ${partIndex} of numParts ${numParts} is not known, expected 0 to numParts - 1.`, {
      argument: "partIndex",
      expected: [0, numParts - 1],
      actual: partIndex,
    });
  }
  // MXNet's arithmetic: parts may differ by one row.
  const start = Math.trunc(((to - from) / numParts) * partIndex);
  const end = Math.trunc(((to - from) / numParts) * (partIndex + 1));
  return { first: from + start, rows: end - start };
}

/**
 * Batches of MNIST's digits (`mx.io.MNISTIter`): pixels as float32 `pixel / 256`, `(N, 1, 28, 28)` or flat; labels
 * float32 `(N,)`.
 *
 * @throws FormatError  a file is empty, damaged or no idx file.
 * @throws ShapeError   the files are not images and labels of one pair.
 * @throws ValueError   `range` or part is out of bounds, or there are fewer rows than one batch has.
 */
export class MNISTIter implements SyncDataIter {
  readonly batchSize: number;
  readonly provideData: readonly DataDesc[];
  readonly provideLabel: readonly DataDesc[];
  readonly #digits: Digits;
  readonly #first: number;
  readonly #order: RowOrder;
  readonly #pool = new ArrayPool();
  #position = 0;

  constructor(options: MNISTSource & MNISTIterOptions) {
    const { batchSize = 128, shuffle = true, reshuffle = false, seed = 0, flat = false, silent = true } = options;
    this.#digits = readDigits(options);
    const [count = 0, height = 0, width = 0] = this.#digits.images.shape;
    const { first, rows } = selectRows(count, options);
    if (!Number.isInteger(batchSize) || batchSize < 1 || batchSize > rows) {
      throw new ValueError(`batchSize is ${batchSize}, expected an integer from 1 to ${rows}, the number of images.`, {
        argument: "batchSize",
        expected: [1, rows],
        actual: batchSize,
      });
    }
    const row = flat ? [height * width] : [1, height, width];
    if (options.inputShape !== undefined && !equalShapes(options.inputShape, row)) {
      throw new ShapeError(
        `inputShape is ${formatShape(options.inputShape)}, but the images have shape ${formatShape(row)}${flat ? " (flat)" : ""}.`,
        {
          argument: "inputShape",
          expected: row,
          actual: options.inputShape,
        },
      );
    }
    this.batchSize = batchSize;
    this.#first = first;
    this.#order = new RowOrder(rows, { shuffle, reshuffle, seed });
    const desc = { dtype: "float32", layout: "NCHW" } as const;
    this.provideData = [{ name: options.dataName ?? "data", shape: [batchSize, ...row], ...desc }];
    this.provideLabel = [{ name: options.labelName ?? "softmax_label", shape: [batchSize], ...desc }];
    if (!silent)
      console.info(
        `MNISTIter: load ${rows} images, shuffle=${shuffle ? 1 : 0}, shape=${formatShape([batchSize, ...row])}`,
      );
  }

  next(): DataBatch | undefined {
    const end = this.#position + this.batchSize;
    if (end > this.#order.rows.length) return undefined;
    const index = this.#order.rows.slice(this.#position, end);
    this.#position = end;
    const data = this.#pool.take() ?? [hostArray("float32", this.provideData[0]?.shape ?? [])];
    const label = new Float32Array(this.batchSize);
    const { images, labels } = this.#digits;
    const [target] = data;
    invariant(target, "a batch without data");
    const pixels = target.data.length / this.batchSize;
    let to = 0;
    for (let i = 0; i < index.length; i++) {
      const row = (index[i] ?? 0) + this.#first;
      index[i] = row;
      label[i] = labels[row] ?? 0;
      for (let from = row * pixels; from < (row + 1) * pixels; from++) {
        target.data[to++] = (images.data[from] ?? 0) / 256;
      }
    }
    return { data, label: [hostArray("float32", [this.batchSize], label)], pad: 0, index };
  }

  recycle(batch: DataBatch): void {
    this.#pool.give(batch);
  }

  reset(): void {
    this.#order.nextEpoch();
    this.#position = 0;
  }

  hardReset(): void {
    this.reset();
  }

  state(): DataIterState {
    const random = this.#order.state();
    return { position: this.#position, ...(random === undefined ? {} : { random }) };
  }

  restore(state: DataIterState): void {
    this.#order.restore(state.random);
    this.#position = state.position;
  }

  [Symbol.iterator](): Iterator<DataBatch> {
    return remainingBatches(this);
  }
}
