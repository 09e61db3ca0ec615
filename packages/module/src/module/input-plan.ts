import { equalShapes, type HostArray, type Shape } from "@mxgraft/base";
import type { Executor } from "@mxgraft/executor";
import type { ModuleBatch } from "./base-module.ts";

interface PlannedInput {
  readonly name: string;
  readonly shape: Shape;
  /** Whether the graph has it; some labels are the metric's only. */
  readonly isArgument: boolean;
}

/** Which input each array of a batch is, found out once for all batches that look the same. */
export class InputPlan {
  readonly #executor: Executor;
  readonly #provideData: ModuleBatch["provideData"];
  readonly #provideLabel: ModuleBatch["provideLabel"];
  readonly #data: readonly PlannedInput[];
  readonly #label: readonly PlannedInput[];

  /**
   * @param executor  the one for the shapes of the batch.
   * @param data      the arrays of the batch by name, in its order, as `label`.
   */
  constructor(
    executor: Executor,
    { provideData, provideLabel }: ModuleBatch,
    data: ReadonlyMap<string, HostArray>,
    label: ReadonlyMap<string, HostArray>,
  ) {
    const planned = (arrays: ReadonlyMap<string, HostArray>) =>
      Array.from(arrays, ([name, { shape }]) => ({ name, shape, isArgument: executor.argCells.has(name) }));
    this.#executor = executor;
    this.#provideData = provideData;
    this.#provideLabel = provideLabel;
    this.#data = planned(data);
    this.#label = planned(label);
  }

  /** Whether a batch has the same shapes, described in the very same words. */
  fits({ data, label = [], provideData, provideLabel }: ModuleBatch, executor: Executor): boolean {
    return (
      executor === this.#executor &&
      provideData === this.#provideData &&
      provideLabel === this.#provideLabel &&
      haveShapes(data, this.#data) &&
      haveShapes(label, this.#label)
    );
  }

  /** The inputs of the graph by name, of a batch that fits. */
  inputsOf({ data, label = [] }: ModuleBatch): Record<string, HostArray> {
    const inputs: Record<string, HostArray> = {};
    collect(inputs, data, this.#data);
    collect(inputs, label, this.#label);
    return inputs;
  }
}

function haveShapes(arrays: readonly HostArray[], planned: readonly PlannedInput[]): boolean {
  return (
    arrays.length === planned.length && planned.every(({ shape }, i) => equalShapes(shape, arrays[i]?.shape ?? []))
  );
}

function collect(
  inputs: Record<string, HostArray>,
  arrays: readonly HostArray[],
  planned: readonly PlannedInput[],
): void {
  for (let i = 0; i < planned.length; i++) {
    const [input, array] = [planned[i], arrays[i]];
    if (input?.isArgument && array) inputs[input.name] = array;
  }
}
