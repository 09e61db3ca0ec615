import { dirname } from "node:path";
import { MxgraftError } from "@mxgraft/base";
import { readFile } from "@mxgraft/files/node";
import { type Parameters, parseTrainingState, type TrainingState } from "@mxgraft/module";
import { checkpointPaths, latestCheckpoint, Module, moduleCheckpoint } from "@mxgraft/module/node";
import type { Snapshot } from "@mxgraft/plot";
import type { DigitData } from "../digits/digit-set.ts";
import type { DigitsResult } from "../digits/digits-report.ts";
import type { DigitsSettings } from "../digits/digits-settings.ts";
import { trainDigits } from "../digits/train-digits.ts";
import { ensureWritableFolder } from "../node/ensure-writable-folder.ts";
import { type Pictures, writePictures } from "../node/write-pictures.ts";
import { Interruption, interruptible } from "./interruption.ts";
import { LogFile } from "./log-file.ts";
import { liveDisplay, logDisplay, type TrainingDisplay } from "./training-display.ts";
import { WrongUsage } from "./wrong-usage.ts";

export interface DigitsRunOptions {
  readonly data: DigitData;
  readonly settings: DigitsSettings;
  /** Where checkpoints go: `prefix-symbol.json`, `prefix-0001.params`, ... */
  readonly prefix: string;
  /** Whether optimizer and training state are written too, so that a stopped run can go on with the same numbers. */
  readonly resumable: boolean;
  /** Go on from the newest checkpoint of the prefix. */
  readonly resume?: boolean;
  /** Parameters to start from. */
  readonly start?: Parameters | undefined;
  readonly beginEpoch?: number;
  /** Folder for the pictures; none are made when left out. */
  readonly plot?: string | undefined;
  readonly title: string;
  /** What is about to happen, for people. */
  readonly intro: readonly string[];
  readonly logFile?: string | undefined;
  /** For people who stopped the run: how to go on. */
  readonly resumeHint: string;
}

/** The paths that a run wrote. */
export interface DigitsRunFiles extends Partial<Pictures> {
  readonly symbol: string;
  readonly params: string;
  readonly log?: string;
}

/** Runs the digits program for the commands: shows it, writes checkpoints and pictures, and can be stopped. */
export async function runDigits(options: DigitsRunOptions): Promise<{ result: DigitsResult; files: DigitsRunFiles }> {
  const { plot, logFile: log } = options;
  const resume = options.resume ? resumeState(options.prefix) : undefined;
  // Everything that can be refused is refused now, not after the first epoch.
  ensureWritableFolder(dirname(options.prefix));
  if (plot !== undefined) ensureWritableFolder(plot);
  const display = process.stderr.isTTY
    ? liveDisplay(process.stderr)
    : logDisplay((line) => process.stderr.write(`${line}\n`));
  const logFile = log === undefined ? undefined : new LogFile(log, display.warn);
  try {
    for (const line of options.intro) display.warn(line);
    const { result, snapshots, params, symbol } = await train(options, resume, display, logFile);
    const { title } = options;
    if (result.epochs.some(({ train }) => !Number.isFinite(train.loss))) {
      display.warn("The loss is no number any more: the training went astray. Try a smaller --lr.");
    }
    const subtitle = `LeNet trained on ${options.data.source}; test accuracy ${result.figures.accuracy.toFixed(3)}`;
    const pictures = plot === undefined ? {} : writePictures(plot, snapshots, { title, subtitle });
    return { result, files: { symbol, params, ...pictures, ...(log === undefined ? {} : { log }) } };
  } finally {
    display.stop();
    logFile?.close();
  }
}

async function train(
  options: DigitsRunOptions,
  resume: TrainingState | undefined,
  display: TrainingDisplay,
  logFile: LogFile | undefined,
) {
  const { prefix, settings, plot, start, beginEpoch = 0 } = options;
  const snapshots: Snapshot[] = [];
  let saved = resume === undefined ? undefined : checkpointPaths(prefix, resume.epoch).params;
  let trained: Module | undefined;
  try {
    const { result } = await interruptible((signal) =>
      trainDigits({
        data: options.data,
        settings,
        signal,
        createModule: (symbol, moduleOptions) => {
          trained = resume
            ? Module.resume(prefix, resume.epoch, moduleOptions).module
            : new Module(symbol, moduleOptions);
          if (trained.symbol.toJSON() === symbol.toJSON()) return trained;
          throw new WrongUsage(
            `"${checkpointPaths(prefix, 0).symbol}" is another network than these options describe. Give --resume the options of the run that it goes on with.`,
            { argument: "resume", file: checkpointPaths(prefix, 0).symbol },
          );
        },
        checkpoint: (module) => {
          const save = moduleCheckpoint(module, prefix, { saveTrainingState: options.resumable });
          return async (end) => {
            await save(end);
            saved = checkpointPaths(prefix, end.epoch + 1).params;
          };
        },
        log(line) {
          display.log(line);
          logFile?.write(line);
        },
        onBatch: display.batch,
        batchInterval: display.batchInterval,
        onEpoch: display.epoch,
        onPhase: display.phase,
        ...(plot === undefined ? {} : { onSnapshot: (snapshot: Snapshot) => snapshots.push(snapshot) }),
        ...(start === undefined ? {} : { start }),
        beginEpoch,
        ...(resume === undefined ? {} : { resume }),
      }),
    );
    const paths = checkpointPaths(prefix, beginEpoch + settings.numEpochs);
    return { result, snapshots, symbol: paths.symbol, params: saved ?? paths.params };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const last =
      saved === undefined ? "No epoch was done yet, so there is no checkpoint." : `The last checkpoint is "${saved}".`;
    if (error instanceof Interruption)
      error.message = `Stopped. ${last}${saved === undefined ? "" : ` ${options.resumeHint}`}`;
    else if (error instanceof MxgraftError && saved !== undefined) error.message += ` ${last}`;
    throw error;
  } finally {
    trained?.dispose();
  }
}

function resumeState(prefix: string): TrainingState {
  const epoch = latestCheckpoint(prefix);
  if (epoch !== undefined) {
    const { training: file } = checkpointPaths(prefix, epoch);
    return parseTrainingState(new TextDecoder().decode(readFile(file)), { file });
  }
  throw new WrongUsage(
    `There is nothing to resume: no "${checkpointPaths(prefix, 1).training}" or later. --save-model-prefix names the run to go on with.`,
    { argument: "resume", file: prefix },
  );
}
