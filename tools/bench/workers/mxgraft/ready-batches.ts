import { type HostArray, hostArray, invariant } from "@mxgraft/base";
import type { DataBatch, DataDesc, DataIter } from "@mxgraft/data";
import type { Inputs } from "../read-inputs.ts";

const PIXELS = 28 * 28;

/** Batches of digits that lie ready in memory; an epoch is as many of them as `length` says, over and over. */
export class ReadyBatches implements DataIter {
  readonly batchSize: number;
  readonly provideData: readonly DataDesc[];
  readonly provideLabel: readonly DataDesc[];
  /** Batches until `next` says that the epoch has ended. */
  length: number;
  readonly #batches: readonly DataBatch[];
  #turn = 0;
  #given = 0;

  constructor(inputs: Inputs, size: number) {
    const images = inputs.floats("data");
    const labels = inputs.floats("label");
    this.batchSize = size;
    const label = { shape: [size], dtype: "float32", layout: "N" } as const;
    this.provideData = [{ name: "data", shape: [size, 1, 28, 28], dtype: "float32", layout: "NCHW" }];
    this.provideLabel = [
      { ...label, name: "softmax_label" },
      { ...label, name: "center_label" },
    ];
    this.#batches = Array.from({ length: labels.length / size }, (_, i) => {
      const data = images.slice(i * size * PIXELS, (i + 1) * size * PIXELS);
      const own: HostArray = hostArray("float32", [size], labels.slice(i * size, (i + 1) * size));
      return { data: [hostArray("float32", [size, 1, 28, 28], data)], label: [own, own], pad: 0 };
    });
    this.length = this.#batches.length;
  }

  next(): DataBatch | undefined {
    if (this.#given === this.length) return undefined;
    this.#given++;
    const batch = this.#batches[this.#turn++ % this.#batches.length];
    invariant(batch, "there are no digits");
    return batch;
  }

  reset(): void {
    this.#given = 0;
  }
}
