import { invariant, toFloat32 } from "@mxgraft/base";
import { CenterLossMetric, CompositeEvalMetric, CrossEntropy, type EvalMetric, SeedAccuracy } from "@mxgraft/metric";
import {
  type BatchEndCallback,
  type BatchEndParam,
  type EpochEndCallback,
  FactorScheduler,
  type Logger,
  type Module,
  type ModuleOptions,
  type Parameters,
  speedometer,
  type TrainingState,
} from "@mxgraft/module";
import type { Snapshot } from "@mxgraft/plot";
import type { Symbol as MxSymbol } from "@mxgraft/symbol";
import { lenet } from "../models/lenet.ts";
import { DIGIT_LABELS, testIter, trainingIter } from "./digit-iters.ts";
import { countDigits, type DigitData } from "./digit-set.ts";
import { digitsInitializer } from "./digits-initializer.ts";
import type { BatchReport, DigitsResult, EpochReport, TrainingMetrics } from "./digits-report.ts";
import type { DigitsSettings } from "./digits-settings.ts";
import { featureFigures } from "./feature-figures.ts";
import { FeatureReader } from "./feature-reader.ts";
import { takeSnapshot } from "./snapshot-taker.ts";

export interface TrainDigitsOptions<M extends Module> {
  readonly data: DigitData;
  readonly settings: DigitsSettings;
  /** Makes the module, or loads the one that a stopped run goes on with. It belongs to the caller, who disposes it. */
  createModule(symbol: MxSymbol, options: ModuleOptions): M;
  /** Goes on from a checkpoint with the numbers of a run that was never stopped. */
  readonly resume?: TrainingState;
  /** Parameters to start from; those that are not among them start as the settings say. */
  readonly start?: Parameters;
  /** Number of the first epoch, from 0; for numbering only. */
  readonly beginEpoch?: number;
  /** Called after each epoch; writes checkpoints. */
  checkpoint?(module: M): EpochEndCallback;
  /** Takes the lines of MXNet's training log. */
  readonly log?: Logger;
  onBatch?(report: BatchReport): void;
  /**
   * Milliseconds between two calls of `onBatch`, since each makes the device give what it has added up; the last batch
   * of an epoch is always told. Default 0: every batch.
   */
  readonly batchInterval?: number;
  onEpoch?(report: EpochReport): void;
  /** When given, the features of some digits are read before the training and after each epoch. */
  onSnapshot?(snapshot: Snapshot): void;
  /** Called with a word or two when something begins that is no training and may take seconds. */
  onPhase?(what: string): void;
  /** Stops between two batches with its reason. */
  readonly signal?: AbortSignal;
}

const CENTERS = "center_loss__center_bias";
/** Batches between two lines of the log, as in the MXNet program. */
const LOG_EVERY = 50;

/** The metrics of the MXNet program, and the softmax loss, which it does not show. */
function digitMetrics(): CompositeEvalMetric {
  const softmax = new CrossEntropy({ name: "loss", outputNames: ["softmax_output"], labelNames: ["softmax_label"] });
  return new CompositeEvalMetric({ metrics: [new SeedAccuracy(), new CenterLossMetric(), softmax] });
}

function valuesOf(metric: EvalMetric): TrainingMetrics {
  const values = new Map(metric.getNameValue());
  const named = (name: string) => values.get(name) ?? Number.NaN;
  return { accuracy: named("accuracy"), loss: named("loss"), centerLoss: named("center_loss") };
}

async function centersOf({ executor }: Module): Promise<Float32Array> {
  const cell = executor.auxCells.get(CENTERS);
  invariant(cell, `the network has no state "${CENTERS}"`);
  return toFloat32(await cell.toHost());
}

function schedule({ lrFactor, lrFactorEpoch }: DigitsSettings, batches: number): { lrScheduler?: FactorScheduler } {
  if (lrFactor === 1) return {};
  return {
    lrScheduler: new FactorScheduler({ step: Math.max(1, Math.trunc(batches * lrFactorEpoch)), factor: lrFactor }),
  };
}

interface Schedule {
  readonly beginEpoch: number;
  readonly lastEpoch: number;
  readonly batches: number;
  /** Time of the first batch, as `performance.now()` gives it. */
  readonly fitBegun: number;
}

function batchReport(
  { epoch, nbatch, evalMetric, samples, elapsed }: BatchEndParam,
  { beginEpoch, lastEpoch, batches, fitBegun }: Schedule,
): BatchReport {
  const done = (epoch - beginEpoch) * batches + nbatch + 1;
  const left = (lastEpoch - epoch) * batches - nbatch - 1;
  return {
    ...valuesOf(evalMetric),
    epoch: epoch + 1,
    lastEpoch,
    batch: nbatch + 1,
    batches,
    samplesPerSecond: (samples * 1000) / elapsed,
    // Validations and pictures so far are in it, as they are in what is left.
    secondsLeft: ((performance.now() - fitBegun) / 1000 / done) * left,
  };
}

/** A callback that looks at the metric after the last batch of an epoch, and before that from time to time. */
function nowAndThen(interval: number, batches: number, tell: (end: BatchEndParam) => void): BatchEndCallback {
  let toldAt = performance.now();
  let due: number | undefined;
  const callback: BatchEndCallback = (end) => {
    if (end.nbatch !== due) return;
    tell(end);
    toldAt = performance.now();
  };
  const looksAtMetric = (nbatch: number) => {
    const isDue = nbatch + 1 === batches || performance.now() - toldAt >= interval;
    due = isDue ? nbatch : undefined;
    return isDue;
  };
  return Object.assign(callback, { looksAtMetric });
}

/**
 * The digits program: trains LeNet with softmax and center loss, then tests it. It writes nothing and shows nothing;
 * callbacks are told what happens.
 *
 * @returns the module, trained, and the figures.
 */
export async function trainDigits<M extends Module>(
  options: TrainDigitsOptions<M>,
): Promise<{ module: M; result: DigitsResult }> {
  const { data, settings, signal, start, onSnapshot } = options;
  const { batchSize, numEpochs, seed } = settings;
  const begun = performance.now();
  const train = trainingIter(data.train, settings);
  const test = testIter(data.test, batchSize);
  const batches = Math.floor(countDigits(data.train) / batchSize);
  const interval = options.onBatch === undefined ? Number.POSITIVE_INFINITY : (options.batchInterval ?? 0);
  const beginEpoch = options.resume?.epoch ?? options.beginEpoch ?? 0;
  const lastEpoch = (options.beginEpoch ?? 0) + numEpochs;

  // The parameters are wanted before `fit` makes them; its remark that they are there already says nothing.
  let fitting = false;
  const log: Logger = (line) => fitting && options.log?.(line);
  const module = options.createModule(lenet(settings), { labelNames: DIGIT_LABELS, seed, logger: log });
  module.bind({ dataShapes: train.provideData, labelShapes: train.provideLabel });
  await module.initParams({
    initializer: digitsInitializer(settings),
    ...(start === undefined ? {} : { ...start, allowMissing: true }),
  });
  const stopping = signal === undefined ? {} : { signal };
  const [, ...image] = data.test.images.shape;
  const reader = new FeatureReader(module.symbol, { parameters: module.executor, image, batchSize });
  const snapshot = async (epoch: number) => {
    options.onPhase?.("Reading features");
    onSnapshot?.(await takeSnapshot(reader, data, await centersOf(module), epoch, stopping));
  };

  const epochs: EpochReport[] = [];
  let trained: Omit<EpochReport, "test"> | undefined;
  try {
    if (onSnapshot !== undefined && options.resume === undefined) await snapshot(beginEpoch);
    const fitBegun = performance.now();
    if (beginEpoch < lastEpoch) {
      await module.fit(train, {
        numEpoch: lastEpoch,
        beginEpoch,
        evalData: test,
        evalMetric: digitMetrics(),
        validationMetric: digitMetrics(),
        optimizer: "sgd",
        optimizerParams: {
          learningRate: settings.lr,
          momentum: settings.momentum,
          wd: settings.wd,
          ...schedule(settings, batches),
        },
        kvstore: settings.kvStore,
        batchEndCallback: [
          Object.assign(
            () => {
              fitting = true;
            },
            { looksAtMetric: () => false },
          ),
          nowAndThen(interval, batches, (end) => {
            const report = batchReport(end, { beginEpoch, lastEpoch, batches, fitBegun });
            const { epoch, accuracy, loss, centerLoss, samplesPerSecond } = report;
            const lr = module.optimizer?.learningRate ?? settings.lr;
            trained = {
              epoch,
              train: { accuracy, loss, centerLoss },
              seconds: end.elapsed / 1000,
              samplesPerSecond,
              lr,
            };
            options.onBatch?.(report);
          }),
          speedometer(batchSize, { frequent: LOG_EVERY, autoReset: false }),
        ],
        epochEndCallback: [
          ...(options.checkpoint === undefined ? [] : [options.checkpoint(module)]),
          () => options.onPhase?.("Testing"),
        ],
        evalEndCallback: async ({ epoch, evalMetric }) => {
          invariant(trained, "an epoch without batches");
          const report = { ...trained, test: valuesOf(evalMetric) };
          epochs.push(report);
          options.onEpoch?.(report);
          if (onSnapshot !== undefined) await snapshot(epoch + 1);
        },
        ...(options.resume === undefined ? {} : { resume: options.resume }),
        ...stopping,
      });
    }
    options.onPhase?.("Testing");
    const figures = featureFigures(await reader.read(data.test, stopping), await centersOf(module));
    return { module, result: { epochs, figures, seconds: (performance.now() - begun) / 1000 } };
  } finally {
    reader.dispose();
  }
}
