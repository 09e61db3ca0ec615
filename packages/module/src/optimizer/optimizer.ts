import { AttributeError, UsageError } from "@mxgraft/base";
import type { StateCell } from "@mxgraft/executor";
import { LRScheduler, type LRSchedulerState } from "../lr-scheduler/lr-scheduler.ts";
import { boolean, integer, number, type OptionRule, orNull, type Parsed } from "../read-options.ts";
import type { OptimizerState, ParameterIndex } from "./optimizer-state.ts";

/** The part of a symbol that an optimizer reads: attributes of its variables. */
export interface AttributeSource {
  listArguments(): readonly string[];
  attrDict(): ReadonlyMap<string, ReadonlyMap<string, string>>;
}

/** Options that every optimizer takes. */
export interface OptimizerOptions {
  /** Gradients are multiplied by it; a Module sets 1 / batch size. Default 1. */
  readonly rescaleGrad?: number;
  /** Rescaled gradients are cut to [-clipGradient, clipGradient]; not at all when `null` (default) or 0. */
  readonly clipGradient?: number | null;
  /** Rate per update. Overwrites the scheduler's `baseLr`; 0.01 when there is neither, unless a class says otherwise. */
  readonly learningRate?: number | null;
  readonly lrScheduler?: LRScheduler | null;
  /** Weight decay, times the rate per update; default 0. */
  readonly wd?: number;
  /** Updates that were made before, for the scheduler and the bias correction of Adam; default 0. */
  readonly beginNumUpdate?: number;
  /** Taken and without effect: arrays are computed with in float32 at least. */
  readonly multiPrecision?: boolean;
  /** Name of each parameter by index: what multipliers and the rule about weight decay go by. */
  readonly paramIdx2name?: ReadonlyMap<ParameterIndex, string> | Readonly<Record<number, string>>;
  /** Where the attributes `__lr_mult__` and `__wd_mult__` are read. */
  readonly sym?: AttributeSource | null;
}

/** Where an optimizer stands, as plain data that survives JSON; the slots are in the `.states` file. */
export interface OptimizerProgress {
  readonly numUpdate: number;
  readonly counts: readonly (readonly [ParameterIndex, number])[];
  readonly scheduler?: LRSchedulerState;
  /** What a class keeps beyond the slots. */
  readonly numbers?: readonly number[];
}

const schedulerRule: OptionRule<LRScheduler> = {
  expected: "a learning-rate scheduler",
  parse: (value) => (value instanceof LRScheduler ? value : undefined),
};

const idx2nameRule: OptionRule<ReadonlyMap<ParameterIndex, string>> = {
  expected: "a map from index to name",
  fallback: new Map(),
  parse: (value) => {
    const entries: unknown[][] | undefined =
      value instanceof Map
        ? [...value]
        : typeof value === "object" && value !== null
          ? Object.entries(value).map(([index, name]) => [Number(index), name])
          : undefined;
    if (entries === undefined) return undefined;
    const names = new Map<ParameterIndex, string>();
    for (const [index, name] of entries) {
      if ((typeof index !== "number" && typeof index !== "string") || typeof name !== "string") return undefined;
      names.set(index, name);
    }
    return names;
  },
};

function isAttributeSource(value: unknown): value is AttributeSource {
  return typeof value === "object" && value !== null && "listArguments" in value && "attrDict" in value;
}

const symRule: OptionRule<AttributeSource> = {
  expected: "a symbol",
  parse: (value) => (isAttributeSource(value) ? value : undefined),
};

/** Rules of the options that every optimizer takes. */
export const optimizerRules = {
  rescaleGrad: number(1),
  clipGradient: orNull(number(undefined, { min: 0 })),
  learningRate: orNull(number()),
  lrScheduler: orNull(schedulerRule),
  wd: number(0),
  beginNumUpdate: integer(0),
  multiPrecision: boolean(false),
  paramIdx2name: idx2nameRule,
  sym: orNull(symRule),
};

/** Values of the attributes of an update operator, by their MXNet names. */
export type UpdateAttributes = Readonly<Record<string, number | boolean>>;

/**
 * Base of all optimizers. An optimizer does not compute: it keeps count of the updates, works out rate and decay of
 * each parameter, and calls MXNet's update operators on the cells of weight, gradient and slots.
 *
 *   rate  = (scheduler's rate or `learningRate`) * lr_mult(parameter)
 *   decay = wd * wd_mult(parameter)
 *
 * Multipliers come from the attributes `__lr_mult__` and `__wd_mult__` of the symbol's variables, and from `setLrMult`
 * and `setWdMult`, which win. Without any, lr_mult is 1, and wd_mult is 0 for parameters whose names (`paramIdx2name`)
 * end in neither `_weight` nor `_gamma`, else 1.
 *
 * A class of your own reads its options with `Optimizer.options`, and implements `createState` and `update`.
 */
export abstract class Optimizer {
  /** The name in MXNet's registry, in lower case. */
  readonly name: string;
  rescaleGrad: number;
  clipGradient: number | null;
  wd: number;
  readonly lrScheduler: LRScheduler | null;
  readonly beginNumUpdate: number;
  /** The largest number of updates of any parameter; what the scheduler goes by. */
  numUpdate: number;
  /** Name of each parameter by index. */
  idx2name: ReadonlyMap<ParameterIndex, string>;
  #lr: number;
  readonly #lrMult = new Map<ParameterIndex, number>();
  readonly #wdMult = new Map<ParameterIndex, number>();
  readonly #counts = new Map<ParameterIndex, number>();
  readonly #sym: AttributeSource | null;

  /**
   * @param name         the name it is registered by.
   * @param options      the common options, read with `optimizerRules`.
   * @param defaultRate  rate when neither a rate nor a scheduler is given.
   */
  constructor(name: string, options: Parsed<typeof optimizerRules>, defaultRate = 0.01) {
    this.name = name;
    this.rescaleGrad = options.rescaleGrad;
    this.clipGradient = options.clipGradient;
    this.wd = options.wd;
    this.lrScheduler = options.lrScheduler;
    this.beginNumUpdate = options.beginNumUpdate;
    this.numUpdate = options.beginNumUpdate;
    this.idx2name = options.paramIdx2name;
    this.#sym = options.sym;
    this.#lr = options.learningRate ?? defaultRate;
    if (this.lrScheduler !== null && options.learningRate !== null) this.lrScheduler.baseLr = options.learningRate;
    this.setLrMult({});
    this.setWdMult({});
  }

  /** The rate that holds now, before multipliers. */
  get learningRate(): number {
    return this.lrScheduler?.rate(this.numUpdate) ?? this.#lr;
  }

  /** @throws UsageError  a scheduler sets the rate. */
  setLearningRate(rate: number): void {
    if (this.lrScheduler !== null) {
      throw new UsageError(
        `Optimizer "${this.name}": the rate is set by its scheduler and cannot be set to ${rate}. Change the scheduler's baseLr, or make the optimizer without lrScheduler.`,
        { argument: "learningRate", actual: rate },
      );
    }
    this.#lr = rate;
  }

  /** Multipliers of the rate, by name or index; those set before are forgotten, those of the symbol stay. */
  setLrMult(multipliers: ReadonlyMap<ParameterIndex, number> | Readonly<Record<string, number>>): void {
    this.#lrMult.clear();
    this.#readMultipliers("__lr_mult__", this.#lrMult);
    for (const [name, value] of entriesOf(multipliers)) this.#lrMult.set(name, value);
  }

  /** Multipliers of the decay, by name or index; those set before are forgotten, those of symbol and names stay. */
  setWdMult(multipliers: ReadonlyMap<ParameterIndex, number> | Readonly<Record<string, number>>): void {
    this.#wdMult.clear();
    for (const name of this.idx2name.values()) if (!this.decays(name)) this.#wdMult.set(name, 0);
    this.#readMultipliers("__wd_mult__", this.#wdMult);
    for (const [name, value] of entriesOf(multipliers)) this.#wdMult.set(name, value);
  }

  /** Multipliers of the rate that are in force, by name or index; 1 for all others. */
  get lrMult(): ReadonlyMap<ParameterIndex, number> {
    return this.#lrMult;
  }

  /** Multipliers of the decay that are in force, by name or index; 1 for all others. */
  get wdMult(): ReadonlyMap<ParameterIndex, number> {
    return this.#wdMult;
  }

  /** The slots of a parameter, zeros mostly; called once for each. */
  createState(_index: ParameterIndex, _weight: StateCell): OptimizerState {
    return null;
  }

  /**
   * Moves a weight, in place.
   *
   * @param state  what `createState` gave, changed in place too.
   */
  abstract update(index: ParameterIndex, weight: StateCell, grad: StateCell, state: OptimizerState): void;

  /** Frees what a class keeps beyond the slots. */
  dispose(): void {}

  /** Where it stands, so that a run can go on later. */
  progress(): OptimizerProgress {
    const numbers = this.extraNumbers();
    return {
      numUpdate: this.numUpdate,
      counts: [...this.#counts],
      ...(this.lrScheduler === null ? {} : { scheduler: this.lrScheduler.state() }),
      ...(numbers.length === 0 ? {} : { numbers }),
    };
  }

  /** Goes on from what `progress` gave. */
  restoreProgress(progress: OptimizerProgress): void {
    this.numUpdate = progress.numUpdate;
    this.#counts.clear();
    for (const [index, count] of progress.counts) this.#counts.set(index, count);
    if (progress.scheduler !== undefined) this.lrScheduler?.restore(progress.scheduler);
    this.setExtraNumbers(progress.numbers ?? []);
  }

  /** Numbers that a class keeps beyond slots and counts. */
  protected extraNumbers(): readonly number[] {
    return [];
  }

  protected setExtraNumbers(_numbers: readonly number[]): void {}

  /** Whether weight decay is on for parameters of this name unless a multiplier says otherwise. */
  protected decays(name: string): boolean {
    return name.endsWith("_weight") || name.endsWith("_gamma");
  }

  /** Counts an update and says how many the parameter has had, this one included. */
  protected countUpdate(index: ParameterIndex): number {
    const count = (this.#counts.get(index) ?? this.beginNumUpdate) + 1;
    this.#counts.set(index, count);
    this.numUpdate = Math.max(this.numUpdate, count);
    return count;
  }

  /** The rate of a parameter now. */
  lrOf(index: ParameterIndex): number {
    return this.learningRate * this.#multiplier(this.#lrMult, index);
  }

  /** The decay of a parameter now. */
  wdOf(index: ParameterIndex): number {
    return this.wd * this.#multiplier(this.#wdMult, index);
  }

  /** `clip_gradient` as update operators take it: -1 for no clipping. */
  protected get clip(): number {
    return this.clipGradient || -1;
  }

  #multiplier(multipliers: ReadonlyMap<ParameterIndex, number>, index: ParameterIndex): number {
    const name = this.idx2name.get(index);
    return multipliers.get(index) ?? (name === undefined ? undefined : multipliers.get(name)) ?? 1;
  }

  #readMultipliers(attribute: string, multipliers: Map<ParameterIndex, number>): void {
    if (this.#sym === null) return;
    const attributes = this.#sym.attrDict();
    for (const name of this.#sym.listArguments()) {
      const text = attributes.get(name)?.get(attribute);
      if (text === undefined) continue;
      const value = text.trim() === "" ? Number.NaN : Number(text);
      if (Number.isNaN(value)) {
        throw new AttributeError(`Variable "${name}": attribute "${attribute}" is "${text}", expected a number.`, {
          node: name,
          argument: attribute,
          actual: text,
        });
      }
      multipliers.set(name, value);
    }
  }
}

function entriesOf(
  multipliers: ReadonlyMap<ParameterIndex, number> | Readonly<Record<string, number>>,
): Iterable<readonly [ParameterIndex, number]> {
  return multipliers instanceof Map ? multipliers : Object.entries(multipliers);
}
