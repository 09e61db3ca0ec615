import type { HostArray } from "@mxgraft/base";
import type { DataBatch } from "./data-batch.ts";

/** Arrays that are kept: a loop asks for the next batch before it gives the last one back. */
const MOST = 2;

/** The data of batches that were given back, for later batches to be made in. */
export class ArrayPool {
  readonly #free: (readonly HostArray[])[] = [];

  /** The data of a batch that nobody needs any more, if there is one. */
  take(): readonly HostArray[] | undefined {
    return this.#free.pop();
  }

  /** Takes back the data of a batch. A second time, or beyond what is needed, it is left to be collected. */
  give({ data }: DataBatch): void {
    if (this.#free.length < MOST && !this.#free.includes(data)) this.#free.push(data);
  }
}
