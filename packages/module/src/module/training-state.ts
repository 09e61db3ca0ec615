import { FormatError, type RandomState } from "@mxgraft/base";
import type { DataIterState } from "@mxgraft/data";
import type { LRSchedulerState } from "../lr-scheduler/lr-scheduler.ts";
import type { OptimizerProgress } from "../optimizer/optimizer.ts";
import type { ParameterIndex } from "../optimizer/optimizer-state.ts";

/**
 * What a run needs besides parameters and slots to go on with the same numbers: plain data, `prefix-0001.training.json`
 * beside a checkpoint.
 */
export interface TrainingState {
  readonly format: "mxgraft-training-1";
  /** The epoch that comes next, from 0. */
  readonly epoch: number;
  /** MXNet name of the optimizer. */
  readonly optimizer: string;
  readonly progress: OptimizerProgress;
  /** Where the training data stands; absent for an iterator that cannot say. */
  readonly data?: DataIterState;
  /** Streams of random numbers: of the initializers, and of Dropout and the like. */
  readonly random: { readonly initializer: RandomState; readonly executor: RandomState };
}

/** Checks plain data against what is expected, saying where it differs. */
class StateReader {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  fail(where: string, expected: string): never {
    throw new FormatError(`${this.#file}: "${where}" is not ${expected}. It is no training state, or a damaged one.`, {
      file: this.#file,
      argument: where,
      expected,
    });
  }

  record(value: unknown, where: string): ReadonlyMap<string, unknown> {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return this.fail(where, "an object");
    return new Map(Object.entries(value));
  }

  number(value: unknown, where: string): number {
    return typeof value === "number" ? value : this.fail(where, "a number");
  }

  list<T>(value: unknown, where: string, item: (value: unknown, where: string) => T): T[] {
    if (!Array.isArray(value)) return this.fail(where, "a list");
    const items: readonly unknown[] = value;
    return items.map((each, i) => item(each, `${where}[${i}]`));
  }

  numbers(value: unknown, where: string): number[] {
    return this.list(value, where, (item, at) => this.number(item, at));
  }

  random(value: unknown, where: string): RandomState {
    const state = this.record(value, where);
    const spare = state.get("spare");
    return {
      generator: this.numbers(state.get("generator"), `${where}.generator`),
      ...(spare === undefined ? {} : { spare: this.number(spare, `${where}.spare`) }),
    };
  }

  data(value: unknown, where: string): DataIterState {
    const state = this.record(value, where);
    const random = state.get("random");
    const carried = state.get("carried");
    return {
      position: this.number(state.get("position"), `${where}.position`),
      ...(random === undefined ? {} : { random: this.random(random, `${where}.random`) }),
      ...(carried === undefined ? {} : { carried: this.numbers(carried, `${where}.carried`) }),
    };
  }

  scheduler(value: unknown, where: string): LRSchedulerState {
    const state = this.record(value, where);
    return {
      baseLr: this.number(state.get("baseLr"), `${where}.baseLr`),
      numbers: this.numbers(state.get("numbers"), `${where}.numbers`),
    };
  }

  progress(value: unknown, where: string): OptimizerProgress {
    const state = this.record(value, where);
    const scheduler = state.get("scheduler");
    const numbers = state.get("numbers");
    return {
      numUpdate: this.number(state.get("numUpdate"), `${where}.numUpdate`),
      counts: this.list(state.get("counts"), `${where}.counts`, (item, at) => this.count(item, at)),
      ...(scheduler === undefined ? {} : { scheduler: this.scheduler(scheduler, `${where}.scheduler`) }),
      ...(numbers === undefined ? {} : { numbers: this.numbers(numbers, `${where}.numbers`) }),
    };
  }

  count(value: unknown, where: string): readonly [ParameterIndex, number] {
    const pair: readonly unknown[] = Array.isArray(value) ? value : [];
    const [index, count] = pair;
    if ((typeof index !== "number" && typeof index !== "string") || typeof count !== "number") {
      return this.fail(where, "an index and a number");
    }
    return [index, count];
  }
}

/**
 * Reads what `JSON.stringify` of a training state wrote.
 *
 * @throws FormatError  the text is not JSON or no training state.
 */
export function parseTrainingState(text: string, { file = "training state" }: { readonly file?: string } = {}) {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new FormatError(`${file}: is not JSON, expected a training state.`, { file }, { cause });
  }
  const reader = new StateReader(file);
  const state = reader.record(value, "training state");
  const data = state.get("data");
  const optimizer = state.get("optimizer");
  const random = reader.record(state.get("random"), "random");
  if (state.get("format") !== "mxgraft-training-1") reader.fail("format", '"mxgraft-training-1"');
  return {
    format: "mxgraft-training-1",
    epoch: reader.number(state.get("epoch"), "epoch"),
    optimizer: typeof optimizer === "string" ? optimizer : reader.fail("optimizer", "a name"),
    progress: reader.progress(state.get("progress"), "progress"),
    ...(data === undefined ? {} : { data: reader.data(data, "data") }),
    random: {
      initializer: reader.random(random.get("initializer"), "random.initializer"),
      executor: reader.random(random.get("executor"), "random.executor"),
    },
  } satisfies TrainingState;
}
