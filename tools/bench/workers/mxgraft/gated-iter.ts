import type { DataBatch, DataDesc, DataIter } from "@mxgraft/data";

/**
 * Batches of another iterator, given out only as far as it is allowed: lets one call of `fit` run through the whole
 * benchmark, which stops and goes on between its steps. What `fit` does once, such as compiling, is not a step's.
 */
export class GatedIter implements DataIter {
  readonly batchSize: number;
  readonly provideData: readonly DataDesc[];
  readonly provideLabel: readonly DataDesc[];
  readonly #source: DataIter;
  readonly #unit: "batch" | "epoch";
  #atStart = true;
  #left = 0;
  /** When each unit began or ended, since the last grant. */
  #marks: number[] = [];
  #open: (() => void) | undefined;
  #finished: ((marks: number[]) => void) | undefined;
  #failed: ((error: unknown) => void) | undefined;

  /** @param unit  what a grant counts. */
  constructor(source: DataIter, unit: "batch" | "epoch") {
    this.#source = source;
    this.#unit = unit;
    this.batchSize = source.batchSize;
    this.provideData = source.provideData;
    this.provideLabel = source.provideLabel;
  }

  /**
   * Lets `count` units pass.
   *
   * @param training  what runs them; when it fails, so does this.
   * @returns the milliseconds of each, from when the first batch is asked for until the next unit's is.
   */
  async grant(count: number, training: Promise<unknown>): Promise<number[]> {
    const finished = new Promise<number[]>((resolve, reject) => {
      this.#finished = resolve;
      this.#failed = reject;
    });
    training.catch((error: unknown) => this.#failed?.(error));
    this.#left = count;
    this.#marks = [];
    this.#open?.();
    const marks = await finished;
    return marks.slice(1).map((mark, i) => mark - (marks[i] ?? mark));
  }

  next(): DataBatch | undefined | Promise<DataBatch | undefined> {
    if (this.#unit === "epoch" && !this.#atStart) return this.#source.next();
    this.#atStart = false;
    if (this.#marks.length > 0) this.#marks.push(performance.now());
    if (this.#left > 0) return this.#pass();
    this.#finished?.(this.#marks);
    return new Promise<void>((resolve) => {
      this.#open = resolve;
    }).then(() => this.#pass());
  }

  reset(): void {
    this.#source.reset();
    this.#atStart = true;
  }

  recycle(batch: DataBatch): void {
    this.#source.recycle?.(batch);
  }

  #pass(): ReturnType<DataIter["next"]> {
    this.#left--;
    if (this.#marks.length === 0) this.#marks.push(performance.now());
    return this.#source.next();
  }
}
