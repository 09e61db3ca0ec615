import { integer, number, readOptions } from "../read-options.ts";
import { LRScheduler, type LRSchedulerOptions, lrSchedulerRules } from "./lr-scheduler.ts";

export interface CosineSchedulerOptions extends LRSchedulerOptions {
  readonly maxUpdate: number;
  readonly finalLr?: number;
}

/**
 * Lets the rate fall along half a wave of the cosine:
 *
 *   finalLr + (baseLr - finalLr) * (1 + cos(pi * (n - warmupSteps) / (maxUpdate - warmupSteps))) / 2    up to n = maxUpdate
 *
 * with the `baseLr` the scheduler was made with: as in MXNet, a `learningRate` of the optimizer does not change it.
 *
 * @param maxUpdate  update that reaches `finalLr`.
 * @param finalLr    default 0.
 */
export class CosineScheduler extends LRScheduler {
  readonly #startLr: number;
  readonly #maxUpdate: number;
  readonly #finalLr: number;

  constructor(options: CosineSchedulerOptions) {
    const { maxUpdate, finalLr, ...common } = readOptions("CosineScheduler", options, {
      maxUpdate: integer(undefined, 1),
      finalLr: number(0),
      ...lrSchedulerRules,
    });
    super(common);
    this.#startLr = common.baseLr;
    this.#maxUpdate = maxUpdate;
    this.#finalLr = finalLr;
  }

  protected override scheduledRate(numUpdate: number): number {
    if (numUpdate <= this.#maxUpdate) {
      const part = (numUpdate - this.warmupSteps) / (this.#maxUpdate - this.warmupSteps);
      this.baseLr = this.#finalLr + ((this.#startLr - this.#finalLr) * (1 + Math.cos(Math.PI * part))) / 2;
    }
    return this.baseLr;
  }
}
