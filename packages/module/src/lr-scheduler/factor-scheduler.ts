import { integer, number, readOptions } from "../read-options.ts";
import { exponentFormat } from "./exponent-format.ts";
import { LRScheduler, type LRSchedulerOptions, lrSchedulerRules } from "./lr-scheduler.ts";

export interface FactorSchedulerOptions extends LRSchedulerOptions {
  readonly step: number;
  readonly factor?: number;
  readonly stopFactorLr?: number;
}

/**
 * Multiplies the rate by a factor every so many updates: update n (from 1) has `baseLr * factor^(ceil(n / step) - 1)`.
 *
 * @param step          updates between two changes.
 * @param factor        at most 1, default 1.
 * @param stopFactorLr  the rate does not fall below it, default 1e-8.
 */
export class FactorScheduler extends LRScheduler {
  readonly #step: number;
  readonly #factor: number;
  readonly #stopFactorLr: number;
  #count = 0;

  constructor(options: FactorSchedulerOptions) {
    const { step, factor, stopFactorLr, ...common } = readOptions("FactorScheduler", options, {
      step: integer(undefined, 1),
      factor: number(1, { max: 1 }),
      stopFactorLr: number(1e-8),
      ...lrSchedulerRules,
    });
    super(common);
    this.#step = step;
    this.#factor = factor;
    this.#stopFactorLr = stopFactorLr;
  }

  protected override scheduledRate(numUpdate: number): number {
    while (numUpdate > this.#count + this.#step) {
      this.#count += this.#step;
      this.baseLr *= this.#factor;
      if (this.baseLr < this.#stopFactorLr) {
        this.baseLr = this.#stopFactorLr;
        this.logger?.(
          `Update[${numUpdate}]: now learning rate arrived at ${exponentFormat(this.baseLr)}, will not change in the future`,
        );
      } else {
        this.logger?.(`Update[${numUpdate}]: Change learning rate to ${exponentFormat(this.baseLr)}`);
      }
    }
    return this.baseLr;
  }

  protected override counters(): readonly number[] {
    return [this.#count];
  }

  protected override setCounters([count = 0]: readonly number[]): void {
    this.#count = count;
  }
}
