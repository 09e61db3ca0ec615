import { integer, number, readOptions } from "../read-options.ts";
import { LRScheduler, type LRSchedulerOptions, lrSchedulerRules } from "./lr-scheduler.ts";

export interface PolySchedulerOptions extends LRSchedulerOptions {
  readonly maxUpdate: number;
  readonly pwr?: number;
  readonly finalLr?: number;
}

/**
 * Lets the rate fall along a power of the updates that are left:
 *
 *   finalLr + (baseLr - finalLr) * (1 - (n - warmupSteps) / (maxUpdate - warmupSteps))^pwr    up to n = maxUpdate
 *
 * with the `baseLr` the scheduler was made with: as in MXNet, a `learningRate` of the optimizer does not change it.
 *
 * @param maxUpdate  update that reaches `finalLr`.
 * @param pwr        the power, default 2.
 * @param finalLr    default 0.
 */
export class PolyScheduler extends LRScheduler {
  readonly #startLr: number;
  readonly #maxUpdate: number;
  readonly #pwr: number;
  readonly #finalLr: number;

  constructor(options: PolySchedulerOptions) {
    const { maxUpdate, pwr, finalLr, ...common } = readOptions("PolyScheduler", options, {
      maxUpdate: integer(undefined, 1),
      pwr: number(2),
      finalLr: number(0),
      ...lrSchedulerRules,
    });
    super(common);
    this.#startLr = common.baseLr;
    this.#maxUpdate = maxUpdate;
    this.#pwr = pwr;
    this.#finalLr = finalLr;
  }

  protected override scheduledRate(numUpdate: number): number {
    if (numUpdate <= this.#maxUpdate) {
      const left = 1 - (numUpdate - this.warmupSteps) / (this.#maxUpdate - this.warmupSteps);
      this.baseLr = this.#finalLr + (this.#startLr - this.#finalLr) * left ** this.#pwr;
    }
    return this.baseLr;
  }
}
