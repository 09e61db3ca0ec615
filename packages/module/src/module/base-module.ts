import { equalShapes, type HostArray, invariant, UsageError } from "@mxgraft/base";
import type { DataBatch, DataDesc, DataIter } from "@mxgraft/data";
import { create, type EvalMetric, type MetricLike } from "@mxgraft/metric";
import type { Symbol as MxSymbol } from "@mxgraft/symbol";
import type { Logger } from "../logger.ts";
import { type BatchEndCallback, type Callbacks, callBack, callbackList } from "./batch-end-param.ts";
import type { Parameters } from "./parameters.ts";
import { joinRows, withoutPad } from "./rows.ts";
import { yieldToEventLoop } from "./yield-to-event-loop.ts";

/** What a module computes with: the arrays of a batch; the rest of a `DataBatch` may be left out. */
export type ModuleBatch = Pick<DataBatch, "data"> & Partial<DataBatch>;

export interface ForwardOptions {
  /** Whether this is a training step; by default whether the module was bound for training. */
  readonly isTrain?: boolean;
}

export interface RunOptions {
  /** How many batches to take; all by default. */
  readonly numBatch?: number;
  /** Whether to reset the iterator first; default true. */
  readonly reset?: boolean;
  /** Stops between two batches with its reason. */
  readonly signal?: AbortSignal;
}

export interface ScoreOptions extends RunOptions {
  readonly batchEndCallback?: Callbacks<BatchEndCallback>;
  readonly scoreEndCallback?: Callbacks<BatchEndCallback>;
  /** Told to the callbacks; default 0. */
  readonly epoch?: number;
}

/** The outputs of one batch of `iterPredict`. */
export interface BatchPrediction {
  /** One for each output, without padding. */
  readonly outputs: readonly HostArray[];
  /** From 0. */
  readonly nbatch: number;
  readonly batch: DataBatch;
}

/**
 * The part of a module that follows from its steps: `score`, `predict`, `iterPredict`. A module of your own implements
 * the steps. Everything that computes is asynchronous.
 */
export abstract class BaseModule {
  /** Takes the lines of the training log. */
  abstract readonly logger: Logger;
  abstract readonly symbol: MxSymbol;
  abstract readonly bound: boolean;
  abstract readonly paramsInitialized: boolean;

  /** Runs the graph on a batch. */
  abstract forward(batch: ModuleBatch, options?: ForwardOptions): Promise<void>;
  /** Computes gradients from the values of the last forward. */
  abstract backward(headGradients?: readonly HostArray[]): Promise<void>;
  /** Moves the parameters by the gradients. */
  abstract update(): Promise<void>;
  /** The outputs of the last forward. */
  abstract getOutputs(): Promise<HostArray[]>;
  /** Takes labels and outputs of the last forward into a metric, the last `pad` rows left out. */
  abstract updateMetric(metric: EvalMetric, labels: readonly HostArray[], options?: { pad?: number }): Promise<void>;
  /** Copies of the parameters and auxiliary states. */
  abstract getParams(): Promise<Parameters>;

  /**
   * Brings the metric of `score` or of a loop up to date where a look at it cannot: on backends that give values by
   * promise alone.
   */
  async fetchMetric(): Promise<void> {}

  /** Whether the steps keep no array of a batch, so that its iterator can have them back. */
  get keepsNoBatch(): boolean {
    return false;
  }

  /** Runs the graph on a batch and takes it into a metric, which may lag until `fetchMetric`. */
  protected async scoreBatch(batch: DataBatch, metric: EvalMetric): Promise<void> {
    await this.forward(batch, { isTrain: false });
    await this.updateMetric(metric, batch.label, { pad: batch.pad });
  }

  /** One training step without the update. */
  async forwardBackward(batch: ModuleBatch): Promise<void> {
    await this.forward(batch, { isTrain: true });
    await this.backward();
  }

  /**
   * Evaluates a metric over the batches of an iterator. Rows that only pad a batch do not count (MXNet counts them).
   *
   * @returns names and values, as `metric.getNameValue()`.
   * @throws UsageError  the module is not bound or has no parameters.
   */
  async score(evalData: DataIter, evalMetric: MetricLike, options: ScoreOptions = {}): Promise<[string, number][]> {
    const metric = create(evalMetric);
    metric.reset();
    const { epoch = 0 } = options;
    const start = performance.now();
    let samples = 0;
    let count = 0;
    const about = { epoch, evalMetric: metric, module: this };
    const callbacks = callbackList(options.batchEndCallback);
    for await (const { batch, nbatch } of this.#batches("score", evalData, options)) {
      await this.scoreBatch(named(batch, evalData), metric);
      samples += evalData.batchSize - batch.pad;
      count++;
      const isSeen = await callBack(
        callbacks,
        { ...about, nbatch, samples, elapsed: performance.now() - start },
        batch,
      );
      if (!isSeen && this.keepsNoBatch) evalData.recycle?.(batch);
    }
    await this.fetchMetric();
    for (const callback of callbackList(options.scoreEndCallback)) {
      await callback({ ...about, nbatch: count, samples, elapsed: performance.now() - start });
    }
    return metric.getNameValue();
  }

  /** The outputs batch by batch, without padding; labels are used where the iterator has them. */
  async *iterPredict(evalData: DataIter, options: RunOptions = {}): AsyncGenerator<BatchPrediction, void> {
    for await (const { batch, nbatch } of this.#batches("predict", evalData, options)) {
      await this.forward(named(batch, evalData), { isTrain: false });
      const outputs = await this.getOutputs();
      const rows = batch.data[0]?.shape[0];
      yield { outputs: outputs.map((output) => withoutPad(output, rows, batch.pad)), nbatch, batch };
    }
  }

  /**
   * The outputs over all batches, rows of padding cut off: one array for each output of the symbol (a list also when
   * there is only one; MXNet takes it out then).
   *
   * @param data  an iterator, or one array for the one input.
   * @throws UsageError  the module is not bound or has no parameters.
   * @throws ShapeError  rows of an output differ in shape between batches.
   */
  async predict(data: DataIter | HostArray, options: RunOptions = {}): Promise<HostArray[]> {
    if ("dtype" in data) {
      await this.forward({ data: [data] }, { isTrain: false });
      return this.getOutputs();
    }
    const columns: HostArray[][] = [];
    for await (const { outputs, batch } of this.iterPredict(data, options)) {
      if (this.keepsNoBatch) data.recycle?.(batch);
      for (const [i, output] of outputs.entries()) {
        const column = columns[i];
        if (column === undefined) columns[i] = [output];
        else column.push(output);
      }
    }
    const names = this.symbol.listOutputs();
    return columns.map(([first, ...rest], i) => {
      invariant(first, "an output without batches");
      return joinRows([first, ...rest], `Output "${names[i]}"`);
    });
  }

  /** @throws UsageError  saying what has to come first. */
  protected requireReady(what: string): void {
    if (!this.bound) {
      throw new UsageError(`Cannot ${what}: the module is not bound. Call bind() with the shapes of the data first.`);
    }
    if (!this.paramsInitialized) {
      throw new UsageError(`Cannot ${what}: the module has no parameters. Call initParams() or setParams() first.`);
    }
  }

  async *#batches(
    what: string,
    data: DataIter,
    { numBatch = Number.POSITIVE_INFINITY, reset = true, signal }: RunOptions,
  ): AsyncGenerator<{ batch: DataBatch; nbatch: number }, void> {
    this.requireReady(what);
    if (reset) data.reset();
    for (let nbatch = 0; nbatch < numBatch; nbatch++) {
      await yieldToEventLoop();
      signal?.throwIfAborted();
      const batch = await data.next();
      if (batch === undefined) return;
      yield { batch, nbatch };
    }
  }
}

/** The batch with the names that its iterator gives its arrays, which may stand in another order than was bound. */
export function named(batch: DataBatch, { provideData, provideLabel }: DataIter): DataBatch {
  const data = described(provideData, batch.data);
  const label = described(provideLabel, batch.label);
  return {
    ...(data === undefined ? {} : { provideData: data }),
    ...(label === undefined ? {} : { provideLabel: label }),
    ...batch,
  };
}

/** Descriptions with the shapes of the arrays; the iterator's own where nothing differs, as in most batches. */
function described(descriptions: readonly DataDesc[], arrays: readonly HostArray[]): readonly DataDesc[] | undefined {
  if (descriptions.length !== arrays.length) return undefined;
  if (descriptions.every(({ shape }, i) => equalShapes(shape, arrays[i]?.shape ?? shape))) return descriptions;
  return descriptions.map((desc, i) => ({ ...desc, shape: arrays[i]?.shape ?? desc.shape }));
}
