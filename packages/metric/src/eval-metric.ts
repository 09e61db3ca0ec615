import { didYouMean, FormatError, type HostArray, UsageError } from "@mxgraft/base";
import type { MetricSums } from "./metric-expression.ts";
import { commonOptions, type MetricOptions, readOptions } from "./metric-options.ts";
import type { MetricState } from "./metric-state.ts";

/** Arrays by name; a Map keeps its order, an object that of its keys. */
export type NamedArrays = ReadonlyMap<string, HostArray> | Readonly<Record<string, HostArray>>;

/** A name and its value, or, for a composite metric, all names and all values. */
export type MetricResult =
  | readonly [name: string, value: number]
  | readonly [names: readonly string[], values: readonly number[]];

/** What a metric class tells its base. */
export interface EvalMetricSetup extends MetricOptions {
  /** Whether the class keeps the global sums, which `resetLocal` leaves alone; `getGlobal` is `get` otherwise. */
  readonly hasGlobalStats?: boolean;
  /** The options of the class itself, for `getConfig`. */
  readonly config?: Readonly<Record<string, unknown>>;
}

function entriesOf(arrays: NamedArrays): Map<string, HostArray> {
  return new Map(arrays instanceof Map ? arrays : Object.entries(arrays));
}

/** The arrays of these names, in this order; all of them when no names are given. */
function pickArrays(metric: string, kind: string, arrays: NamedArrays, names: readonly string[] | null): HostArray[] {
  const entries = entriesOf(arrays);
  if (names === null) return [...entries.values()];
  return names.map((name) => {
    const array = entries.get(name);
    if (array === undefined) {
      const known = [...entries.keys()];
      throw new UsageError(
        `Metric "${metric}": there is no ${kind} "${name}"; given were ${known.map((key) => `"${key}"`).join(", ") || "none"}.${didYouMean(name, known)}`,
        { argument: name, actual: known },
      );
    }
    return array;
  });
}

/**
 * Base of all metrics: a sum over what was seen, divided by how much was seen.
 *
 * A metric of your own implements `update`, which calls `addSums` (or changes `sumMetric` and `numInst` itself, as
 * Python programs do, and then leaves `hasGlobalStats` false).
 *
 * As in MXNet 1.9.1 there are two pairs of sums: `resetLocal` starts the local pair anew (a progress line every 50
 * batches), `reset` both (a new epoch).
 */
export abstract class EvalMetric {
  name: string;
  readonly outputNames: readonly string[] | null;
  readonly labelNames: readonly string[] | null;
  readonly hasGlobalStats: boolean;
  readonly #sums = { sumMetric: 0, numInst: 0, globalSumMetric: 0, globalNumInst: 0 };
  #settle: (() => void) | undefined;
  #settling = false;
  readonly #config: Readonly<Record<string, unknown>>;

  /**
   * @param name   what `get` calls the value, unless `setup.name` says otherwise.
   * @param setup  names of outputs and labels for `updateDict`, and what the class keeps.
   */
  constructor(name: string, setup: EvalMetricSetup = {}) {
    const { hasGlobalStats = false, config = {}, ...options } = setup;
    const common = readOptions(`Metric "${name}"`, options, commonOptions(name));
    this.name = common.name;
    this.outputNames = common.outputNames;
    this.labelNames = common.labelNames;
    this.hasGlobalStats = hasGlobalStats;
    this.#config = config;
  }

  get sumMetric(): number {
    return this.#settled().sumMetric;
  }

  set sumMetric(sum: number) {
    this.#settled().sumMetric = sum;
  }

  get numInst(): number {
    return this.#settled().numInst;
  }

  set numInst(count: number) {
    this.#settled().numInst = count;
  }

  get globalSumMetric(): number {
    return this.#settled().globalSumMetric;
  }

  set globalSumMetric(sum: number) {
    this.#settled().globalSumMetric = sum;
  }

  get globalNumInst(): number {
    return this.#settled().globalNumInst;
  }

  set globalNumInst(count: number) {
    this.#settled().globalNumInst = count;
  }

  /** Takes the labels and outputs of one batch into the sums. */
  abstract update(labels: readonly HostArray[], preds: readonly HostArray[]): void;

  /**
   * As `update`, with arrays by name: those of `labelNames` and `outputNames`, or all.
   *
   * @throws UsageError  a name that is wanted is not there.
   */
  updateDict(labels: NamedArrays, preds: NamedArrays): void {
    this.update(
      pickArrays(this.name, "label", labels, this.labelNames),
      pickArrays(this.name, "output", preds, this.outputNames),
    );
  }

  /**
   * What `update` would add, as operators on the outputs, so that a compiled step can compute it without reading the
   * outputs back; add its result with `addSums`. `null` when the metric, or these shapes, cannot be written that way.
   */
  sums(_labels: readonly (readonly number[])[], _preds: readonly (readonly number[])[]): MetricSums | null {
    return null;
  }

  /**
   * Leaves what steps add to be fetched when somebody looks at the sums: compiled steps keep it on the device.
   *
   * @param settle  adds what is outstanding with `addSums`; called before each look and each change. Another one
   *   takes the place of the one before, which is called a last time.
   */
  settleWith(settle: (() => void) | undefined): void {
    if (this.#settle === settle) return;
    this.#settled();
    this.#settle = settle;
  }

  #settled() {
    if (this.#settle !== undefined && !this.#settling) {
      this.#settling = true;
      try {
        this.#settle();
      } finally {
        this.#settling = false;
      }
    }
    return this.#sums;
  }

  /** Adds to the local and the global sums. */
  addSums(sum: number, count: number): void {
    this.sumMetric += sum;
    this.numInst += count;
    this.globalSumMetric += sum;
    this.globalNumInst += count;
  }

  /** Forgets everything. */
  reset(): void {
    this.resetLocal();
    this.globalSumMetric = 0;
    this.globalNumInst = 0;
  }

  /** Forgets what came since the last `resetLocal`, but not for `getGlobal`. */
  resetLocal(): void {
    this.sumMetric = 0;
    this.numInst = 0;
  }

  /** Name and value since the last `reset` or `resetLocal`; NaN when nothing was seen. */
  get(): MetricResult {
    return [this.name, this.numInst === 0 ? Number.NaN : this.sumMetric / this.numInst];
  }

  /** Name and value since the last `reset`. */
  getGlobal(): MetricResult {
    if (!this.hasGlobalStats) return this.get();
    return [this.name, this.globalNumInst === 0 ? Number.NaN : this.globalSumMetric / this.globalNumInst];
  }

  /** `get` as a list of pairs. */
  getNameValue(): [name: string, value: number][] {
    return pairsOf(this.get());
  }

  /** `getGlobal` as a list of pairs. */
  getGlobalNameValue(): [name: string, value: number][] {
    return pairsOf(this.getGlobal());
  }

  /** Options from which `create` makes the same metric; `metric` is the class name. */
  getConfig(): Readonly<Record<string, unknown>> {
    return {
      ...this.#config,
      metric: this.constructor.name,
      name: this.name,
      outputNames: this.outputNames,
      labelNames: this.labelNames,
    };
  }

  /** Everything the metric has seen, as plain data, so that a run can go on where it stopped. */
  state(): MetricState {
    return { numbers: [this.sumMetric, this.numInst, this.globalSumMetric, this.globalNumInst] };
  }

  /**
   * Goes on from what `state` gave.
   *
   * @throws FormatError  the state is that of another metric.
   */
  restore(state: MetricState): void {
    const [sum = 0, count = 0, globalSum = 0, globalCount = 0] = this.expectNumbers(state, 4);
    this.sumMetric = sum;
    this.numInst = count;
    this.globalSumMetric = globalSum;
    this.globalNumInst = globalCount;
  }

  toString(): string {
    const pairs = this.getNameValue().map(([name, value]) => `${name}: ${value}`);
    return `EvalMetric: {${pairs.join(", ")}}`;
  }

  /** The numbers of a state, when there are as many as this metric keeps. */
  protected expectNumbers(state: MetricState, count: number): readonly number[] {
    if (state.numbers.length === count) return state.numbers;
    throw new FormatError(
      `The state for metric "${this.name}" has ${state.numbers.length} numbers, expected ${count}; it belongs to another metric.`,
      { argument: this.name, expected: count, actual: state.numbers.length },
    );
  }
}

function pairsOf([names, values]: MetricResult): [string, number][] {
  if (typeof names === "string") return typeof values === "number" ? [[names, values]] : [];
  return typeof values === "number" ? [] : names.map((name, i) => [name, values[i] ?? Number.NaN]);
}
