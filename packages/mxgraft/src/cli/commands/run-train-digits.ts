import { basename, join } from "node:path";
import { MxgraftError } from "@mxgraft/base";
import { checkKVStore } from "@mxgraft/module";
import { checkpointPaths, loadCheckpoint } from "@mxgraft/module/node";
import { DIGIT_LABELS } from "../../digits/digit-iters.ts";
import { countDigits, type DigitData, firstDigits } from "../../digits/digit-set.ts";
import { DIGITS_PRESETS, type DigitsSettings } from "../../digits/digits-settings.ts";
import { drawnDigitData } from "../../digits/drawn-digit-data.ts";
import { type MatchedParameters, matchParameters } from "../../digits/match-parameters.ts";
import { lenet } from "../../models/lenet.ts";
import { runDigits } from "../digits-run.ts";
import { figuresJson, figuresText } from "../figures-text.ts";
import { loadDigitFiles } from "../load-digit-files.ts";
import { describeBackend, startBackend } from "../start-backend.ts";
import { duration } from "../training-display.ts";
import { WrongUsage } from "../wrong-usage.ts";
import type { GivenSettings, TrainDigitsCommandOptions } from "./train.ts";

const DRAWN = "drawn";
const DEFAULT_PREFIX = join("runs", "digits", "lenet");

/** What `mxgraft train digits` does. */
export async function runTrainDigits(options: TrainDigitsCommandOptions): Promise<void> {
  const begun = performance.now();
  const settings = settingsOf(options);
  const prefix = options.saveModelPrefix ?? options.modelPrefix ?? DEFAULT_PREFIX;
  if (basename(prefix) === "" || prefix.endsWith("/")) {
    throw new WrongUsage(
      `"${prefix}" is a folder; a prefix ends with the beginning of the file names: "${prefix}lenet".`,
    );
  }
  const data = loadData(options);
  const start = options.loadEpoch === undefined ? undefined : fineTune(options, settings, data);
  const backend = await startBackend(options.backend);
  const loaded = performance.now();
  const { result, files } = await runDigits({
    data,
    settings,
    prefix,
    resumable: true,
    resume: options.resume ?? false,
    start: start?.taken,
    beginEpoch: options.loadEpoch ?? 0,
    plot: options.plot,
    title: `LeNet with center loss: features of ${options.data === DRAWN ? "drawn digits" : "digits"}`,
    intro: [
      `Learning from ${countDigits(data.train)} digits, testing on ${countDigits(data.test)}, of ${data.source}, on the backend ${describeBackend(backend)}.`,
      ...(start === undefined ? [] : startLines(start)),
    ],
    logFile: options.logFile,
    resumeHint: "The same command with --resume goes on from there.",
  });
  if (options.json) {
    const { epochs, figures, seconds } = result;
    const print = {
      command: "train digits",
      backend,
      data: { source: data.source, train: countDigits(data.train), test: countDigits(data.test) },
      config: { preset: options.preset, ...settings },
      ...(start === undefined ? {} : { start: { taken: namesOf(start), left: start.left, fresh: start.fresh } }),
      epochs,
      figures: figuresJson(figures),
      files,
      timings: { loadSeconds: (loaded - begun) / 1000, trainSeconds: seconds },
    };
    console.log(JSON.stringify(print, null, 2));
    return;
  }
  const written = [`checkpoint  ${files.params} (and ${files.symbol})`];
  if (files.figure !== undefined) written.push(`figure      ${files.figure}`, `page        ${files.page}`);
  if (files.log !== undefined) written.push(`log         ${files.log}`);
  console.log(`
Learned in ${duration(result.seconds)} on ${backend.name}.

  ${written.join("\n  ")}

${figuresText(result.figures)}`);
}

/** The preset with what the command line says instead, checked as far as one option does not say it alone. */
function settingsOf(options: TrainDigitsCommandOptions): DigitsSettings {
  const preset: DigitsSettings = DIGITS_PRESETS[options.preset];
  const keys = Object.keys(preset).filter((key): key is keyof GivenSettings => key in options);
  const given = Object.fromEntries(keys.map((key) => [key, options[key]]));
  const settings = { ...preset, ...given };
  try {
    checkKVStore(settings.kvStore);
  } catch (error) {
    throw error instanceof MxgraftError ? new WrongUsage(`--kv-store: ${error.message}`) : error;
  }
  if (options.loadEpoch !== undefined && options.modelPrefix === undefined) {
    throw new WrongUsage("--load-epoch needs --model-prefix, which says of which checkpoint.");
  }
  if (options.loadEpoch !== undefined && options.resume) {
    throw new WrongUsage(
      "--load-epoch and --resume exclude each other: one starts a run from a checkpoint, the other goes on with a run.",
    );
  }
  if (options.plot !== undefined && settings.embeddingSize < 2) {
    throw new WrongUsage("--plot needs --embedding-size of 2 or more: a figure has two axes.");
  }
  return settings;
}

function loadData(options: TrainDigitsCommandOptions): DigitData {
  const { data: folder, numExamples, trainRange, testRange } = options;
  let data: DigitData;
  if (folder === DRAWN) {
    if (trainRange !== undefined || testRange !== undefined) {
      throw new WrongUsage(
        `--train-range and --test-range choose from files; with --data ${DRAWN}, --num-examples says how many to draw.`,
      );
    }
    data = drawnDigitData(numExamples === undefined ? {} : { train: numExamples });
  } else {
    data = loadDigitFiles(folder, options);
  }
  if (numExamples === undefined) return data;
  const count = countDigits(data.train);
  if (numExamples > count) {
    throw new WrongUsage(`--num-examples is ${numExamples}, but there are only ${count} digits to learn from.`);
  }
  return { ...data, train: firstDigits(data.train, numExamples) };
}

/** What of the checkpoint fits the network of this run. */
function fineTune(
  { modelPrefix = "", loadEpoch = 0 }: TrainDigitsCommandOptions,
  settings: DigitsSettings,
  data: DigitData,
): MatchedParameters {
  const { symbol: _, ...parameters } = loadCheckpoint(modelPrefix, loadEpoch);
  const [, ...image] = data.train.images.shape;
  const shapes = { data: [settings.batchSize, 1, ...image] };
  const labels = DIGIT_LABELS.map((name) => [name, [settings.batchSize]] as const);
  const matched = matchParameters(lenet(settings), { ...shapes, ...Object.fromEntries(labels) }, parameters);
  if (namesOf(matched).length > 0) return matched;
  throw new MxgraftError(
    `"${checkpointPaths(modelPrefix, loadEpoch).params}" has no parameter that fits this network: ${matched.left.map(({ name, reason }) => `"${name}": ${reason}`).join("; ")}.`,
    { file: checkpointPaths(modelPrefix, loadEpoch).params },
  );
}

function namesOf({ taken }: MatchedParameters): string[] {
  return [...taken.argParams.keys(), ...taken.auxParams.keys()];
}

function startLines(start: MatchedParameters): string[] {
  return [
    `Taken from the checkpoint: ${namesOf(start).join(", ")}.`,
    ...start.left.map(({ name, reason }) => `Not taken: ${name}: ${reason}.`),
    ...(start.fresh.length > 0 ? [`Starting anew: ${start.fresh.join(", ")}.`] : []),
  ];
}
