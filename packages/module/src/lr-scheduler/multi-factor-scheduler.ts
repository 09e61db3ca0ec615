import { number, type OptionRule, readOptions } from "../read-options.ts";
import { exponentFormat } from "./exponent-format.ts";
import { LRScheduler, type LRSchedulerOptions, lrSchedulerRules } from "./lr-scheduler.ts";

export interface MultiFactorSchedulerOptions extends LRSchedulerOptions {
  readonly step: readonly number[];
  readonly factor?: number;
}

const stepsRule: OptionRule<readonly number[]> = {
  expected: "a list of growing integers >= 1",
  parse: (value) => {
    if (!Array.isArray(value) || value.length === 0) return undefined;
    const fits = value.every((step, i) => Number.isInteger(step) && step >= 1 && (i === 0 || step > value[i - 1]));
    return fits ? [...value] : undefined;
  },
};

/**
 * Multiplies the rate by a factor after each of some numbers of updates.
 *
 * @param step    numbers of updates, growing; the rate changes with the update after each.
 * @param factor  at most 1, default 1.
 */
export class MultiFactorScheduler extends LRScheduler {
  readonly #steps: readonly number[];
  readonly #factor: number;
  #passed = 0;

  constructor(options: MultiFactorSchedulerOptions) {
    const { step, factor, ...common } = readOptions("MultiFactorScheduler", options, {
      step: stepsRule,
      factor: number(1, { max: 1 }),
      ...lrSchedulerRules,
    });
    super(common);
    this.#steps = step;
    this.#factor = factor;
  }

  protected override scheduledRate(numUpdate: number): number {
    while (numUpdate > (this.#steps[this.#passed] ?? Number.POSITIVE_INFINITY)) {
      this.#passed++;
      this.baseLr *= this.#factor;
      this.logger?.(`Update[${numUpdate}]: Change learning rate to ${exponentFormat(this.baseLr)}`);
    }
    return this.baseLr;
  }

  protected override counters(): readonly number[] {
    return [this.#passed];
  }

  protected override setCounters([passed = 0]: readonly number[]): void {
    this.#passed = passed;
  }
}
