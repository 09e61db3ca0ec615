import { AttributeError, FormatError } from "@mxgraft/base";
import type { Logger } from "../logger.ts";
import { integer, number, oneOf, type Parsed } from "../read-options.ts";

export interface LRSchedulerOptions {
  readonly baseLr?: number;
  readonly warmupSteps?: number;
  readonly warmupBeginLr?: number;
  readonly warmupMode?: "linear" | "constant";
}

/** Where a scheduler stands, as plain data that survives JSON. */
export interface LRSchedulerState {
  readonly baseLr: number;
  readonly numbers: readonly number[];
}

/** Rules of the options that every scheduler takes. */
export const lrSchedulerRules = {
  baseLr: number(0.01),
  warmupSteps: integer(0),
  warmupBeginLr: number(0),
  warmupMode: oneOf("linear", ["linear", "constant"]),
};

/**
 * Base of the learning-rate schedulers: after how many updates which rate holds. Schedulers have a state, as in MXNet:
 * ask for growing numbers of updates.
 *
 * The options of all of them, rates per update as the optimizer takes them:
 *
 *   baseLr         the rate to start from, default 0.01; an optimizer that is given a `learningRate` overwrites it
 *   warmupSteps    updates before the schedule begins, default 0
 *   warmupBeginLr  the rate of the first of them, default 0
 *   warmupMode     "linear" (default): up to `baseLr` in equal steps; "constant": `warmupBeginLr` throughout
 */
export abstract class LRScheduler {
  /** The rate that holds now, before multipliers. */
  baseLr: number;
  /** Told when the rate changes; a Module sets its own. */
  logger: Logger | undefined;
  protected readonly warmupSteps: number;
  readonly #warmup: Parsed<typeof lrSchedulerRules>;

  /** @throws AttributeError  `warmupBeginLr` is above `baseLr`. */
  constructor(options: Parsed<typeof lrSchedulerRules>) {
    this.baseLr = options.baseLr;
    this.warmupSteps = options.warmupSteps;
    this.#warmup = options;
    if (options.warmupBeginLr > options.baseLr) {
      throw new AttributeError(
        `Learning-rate scheduler: option "warmupBeginLr" is ${options.warmupBeginLr}, expected at most baseLr, which is ${options.baseLr}: the warm-up goes up.`,
        { argument: "warmupBeginLr", actual: options.warmupBeginLr, expected: options.baseLr },
      );
    }
  }

  /** The rate after a number of updates, counted from 1 for the first. */
  rate(numUpdate: number): number {
    const { baseLr, warmupBeginLr, warmupMode } = this.#warmup;
    if (numUpdate >= this.warmupSteps) return this.scheduledRate(numUpdate);
    if (warmupMode === "constant") return warmupBeginLr;
    return warmupBeginLr + ((baseLr - warmupBeginLr) * numUpdate) / this.warmupSteps;
  }

  /** The rate once the warm-up is over. */
  protected abstract scheduledRate(numUpdate: number): number;

  /** Where it stands, so that a run can go on later. */
  state(): LRSchedulerState {
    return { baseLr: this.baseLr, numbers: this.counters() };
  }

  /**
   * Goes on from what `state` gave.
   *
   * @throws FormatError  the state is that of another scheduler.
   */
  restore(state: LRSchedulerState): void {
    const expected = this.counters().length;
    if (state.numbers.length !== expected) {
      throw new FormatError(
        `The learning-rate state has ${state.numbers.length} numbers, expected ${expected}; it belongs to another scheduler.`,
        { expected, actual: state.numbers.length },
      );
    }
    this.baseLr = state.baseLr;
    this.setCounters(state.numbers);
  }

  /** What a scheduler counts besides the rate. */
  protected counters(): readonly number[] {
    return [];
  }

  protected setCounters(_numbers: readonly number[]): void {}
}
