import { Random, type RandomState } from "@mxgraft/base";

export interface RowOrderOptions {
  readonly shuffle: boolean;
  /** Draw a new order for every epoch; otherwise the first one stays. */
  readonly reshuffle: boolean;
  readonly seed: number;
}

/**
 * The order in which an epoch goes through the rows. Each order is drawn from the sorted rows, so that the state of
 * the random numbers before the draw is all that is needed to have the same order again.
 */
export class RowOrder {
  readonly rows: Int32Array;
  readonly #options: RowOrderOptions;
  #random: Random;
  #drawnFrom: RandomState;

  constructor(count: number, options: RowOrderOptions) {
    this.rows = new Int32Array(count);
    this.#options = options;
    this.#random = new Random(options.seed);
    this.#drawnFrom = this.#random.state();
    this.#draw();
  }

  #draw(): void {
    for (let i = 0; i < this.rows.length; i++) this.rows[i] = i;
    if (!this.#options.shuffle) return;
    this.#drawnFrom = this.#random.state();
    this.#random.shuffle(this.rows);
  }

  nextEpoch(): void {
    if (this.#options.shuffle && this.#options.reshuffle) this.#draw();
  }

  /** What `restore` takes; `undefined` where the order is the natural one. */
  state(): RandomState | undefined {
    return this.#options.shuffle ? this.#drawnFrom : undefined;
  }

  restore(state: RandomState | undefined): void {
    if (state === undefined) return;
    this.#random = new Random(state);
    this.#draw();
  }
}
