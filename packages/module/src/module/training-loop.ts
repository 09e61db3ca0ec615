import { UsageError } from "@mxgraft/base";
import type { DataIter } from "@mxgraft/data";
import { describeCompilation } from "@mxgraft/executor";
import { create, type MetricLike } from "@mxgraft/metric";
import { floatFormat } from "../float-format.ts";
import type { ParameterInitializer } from "../initializer/initializer.ts";
import type { Optimizer } from "../optimizer/optimizer.ts";
import { named } from "./base-module.ts";
import { type BatchEndCallback, type Callbacks, callBack, callbackList } from "./batch-end-param.ts";
import type { EpochEndCallback } from "./epoch-end.ts";
import type { Module } from "./module.ts";
import type { ArraysByName } from "./parameters.ts";
import type { TrainingState } from "./training-state.ts";
import { yieldToEventLoop } from "./yield-to-event-loop.ts";

export interface FitOptions {
  /** The epoch before which training ends: the number of epochs when it begins at 0. */
  readonly numEpoch: number;
  /** Number of the first epoch, default 0; for numbering only, see `resume`. */
  readonly beginEpoch?: number;
  /** Data for a validation after each epoch. */
  readonly evalData?: DataIter | null;
  /** What is measured in training; default "acc". */
  readonly evalMetric?: MetricLike;
  /** What is measured in validation; by default the same. */
  readonly validationMetric?: MetricLike;
  readonly optimizer?: string | Optimizer;
  /** For an optimizer given by name; default `{ learningRate: 0.01 }`. */
  readonly optimizerParams?: object;
  /** Default `new Uniform(0.01)`. */
  readonly initializer?: ParameterInitializer;
  /** Parameters to start from, which have precedence over the initializer. */
  readonly argParams?: ArraysByName | null;
  readonly auxParams?: ArraysByName | null;
  /** Whether parameters that `argParams` lacks are initialized; default false, an error. */
  readonly allowMissing?: boolean;
  /** "local", "device" or null; all mean the one device. */
  readonly kvstore?: string | null;
  readonly forceRebind?: boolean;
  readonly forceInit?: boolean;
  readonly batchEndCallback?: Callbacks<BatchEndCallback>;
  readonly epochEndCallback?: Callbacks<EpochEndCallback>;
  /** After each batch of a validation. */
  readonly evalBatchEndCallback?: Callbacks<BatchEndCallback>;
  /** After each validation. */
  readonly evalEndCallback?: Callbacks<BatchEndCallback>;
  /** Goes on from where a checkpoint was written, with the numbers of a run that was never stopped. */
  readonly resume?: TrainingState;
  /** Stops between two batches with its reason; a checkpoint that is being written is written to its end. */
  readonly signal?: AbortSignal;
}

/** The training loop of `Module.fit`. */
export async function trainingLoop(module: Module, trainData: DataIter, options: FitOptions): Promise<void> {
  const { numEpoch, signal, resume } = options;
  if (!Number.isInteger(numEpoch)) {
    throw new UsageError(`fit: numEpoch is ${numEpoch}, expected the number of epochs.`, {
      argument: "numEpoch",
      actual: numEpoch,
    });
  }
  prepare(module, trainData, options);
  if (resume !== undefined) {
    module.restoreTrainingState(resume);
    goOn(trainData, resume);
  }
  const metric = create(options.evalMetric ?? "acc");
  const validationMetric = options.validationMetric ?? options.evalMetric ?? "acc";
  const callbacks = callbackList(options.batchEndCallback);
  let described = false;
  for (let epoch = resume?.epoch ?? options.beginEpoch ?? 0; epoch < numEpoch; epoch++) {
    const start = performance.now();
    metric.reset();
    let samples = 0;
    let nbatch = 0;
    let batch = await trainData.next();
    if (batch === undefined) throw new UsageError(`fit: the training data gave no batch in epoch ${epoch}.`);
    let results = metric.getGlobalNameValue();
    while (batch !== undefined) {
      await yieldToEventLoop();
      signal?.throwIfAborted();
      await module.trainStep(named(batch, trainData), metric, { metricMayLag: true });
      if (!described) for (const line of describeCompilation(module.executor.compilation)) module.logger(line);
      described = true;
      samples += trainData.batchSize - batch.pad;
      const next = await trainData.next();
      if (next === undefined) {
        await module.fetchMetric();
        // Before the callbacks: a Speedometer starts the local sums anew.
        results = metric.getGlobalNameValue();
      }
      const elapsed = performance.now() - start;
      const end = { epoch, nbatch, evalMetric: metric, samples, elapsed, numEpoch, module };
      const isSeen = await callBack(callbacks, end, batch);
      if (!isSeen && module.keepsNoBatch) trainData.recycle?.(batch);
      nbatch++;
      batch = next;
    }
    for (const [name, value] of results) module.logger(`Epoch[${epoch}] Train-${name}=${floatFormat(value)}`);
    module.logger(`Epoch[${epoch}] Time cost=${floatFormat((performance.now() - start) / 1000, 3)}`);

    const epochCallbacks = callbackList(options.epochEndCallback);
    if (epochCallbacks.length > 0) {
      const trainingState = module.trainingState(epoch + 1, trainData);
      const end = { epoch, symbol: module.symbol, ...(await module.getParams()), trainingState };
      for (const callback of epochCallbacks) await callback(end);
    }
    if (options.evalData) {
      const validation = await module.score(options.evalData, validationMetric, {
        epoch,
        batchEndCallback: options.evalBatchEndCallback,
        scoreEndCallback: options.evalEndCallback,
        ...(signal === undefined ? {} : { signal }),
      });
      for (const [name, value] of validation) {
        module.logger(`Epoch[${epoch}] Validation-${name}=${floatFormat(value)}`);
      }
    }
    trainData.reset();
  }
}

function prepare(module: Module, trainData: DataIter, options: FitOptions): void {
  module.bind({
    dataShapes: trainData.provideData,
    labelShapes: trainData.provideLabel,
    forTraining: true,
    forceRebind: options.forceRebind ?? false,
  });
  module.initParams({
    ...(options.initializer === undefined ? {} : { initializer: options.initializer }),
    argParams: options.argParams,
    auxParams: options.auxParams,
    allowMissing: options.allowMissing ?? false,
    forceInit: options.forceInit ?? false,
  });
  module.initOptimizer({
    kvstore: options.kvstore ?? "local",
    optimizer: options.optimizer ?? "sgd",
    optimizerParams: options.optimizerParams ?? { learningRate: 0.01 },
  });
}

/** Puts the training data at the start of the epoch that comes next. */
function goOn(trainData: DataIter, { data }: TrainingState): void {
  if (data === undefined) {
    trainData.reset();
    return;
  }
  if (trainData.restore === undefined) {
    throw new UsageError(
      "fit: the checkpoint holds where the training data stood, but this iterator cannot go on from there (it has no restore()). Use the iterator of the first run.",
      { argument: "resume" },
    );
  }
  trainData.restore(data);
  trainData.reset();
}
