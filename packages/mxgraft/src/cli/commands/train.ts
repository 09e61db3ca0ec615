import { basename, join } from "node:path";
import { MxgraftError } from "@mxgraft/base";
import { checkKVStore } from "@mxgraft/module";
import { checkpointPaths, loadCheckpoint } from "@mxgraft/module/node";
import type { BackendName } from "@mxgraft/tfjs";
import { type Command, Option } from "commander";
import { DIGIT_LABELS } from "../../digits/digit-iters.ts";
import { countDigits, type DigitData, firstDigits, type RowRange } from "../../digits/digit-set.ts";
import { DIGITS_PRESETS, type DigitsPreset, type DigitsSettings } from "../../digits/digits-settings.ts";
import { drawnDigitData } from "../../digits/drawn-digit-data.ts";
import { type MatchedParameters, matchParameters } from "../../digits/match-parameters.ts";
import { lenet } from "../../models/lenet.ts";
import { loadDigitData } from "../../node/load-digit-data.ts";
import { describeBackend, startBackend, withBackendOption } from "../chosen-backend.ts";
import { runDigits } from "../digits-run.ts";
import { figuresJson, figuresText } from "../figures-text.ts";
import { factor, integerFrom, numberFrom, rowRange } from "../option-values.ts";
import { duration } from "../training-display.ts";
import { WrongUsage } from "../wrong-usage.ts";

/** Options that replace values of the preset, where they are given. */
interface GivenSettings {
  readonly batchSize?: number;
  readonly lr?: number;
  readonly lrFactor?: number;
  readonly lrFactorEpoch?: number;
  readonly numEpochs?: number;
  readonly embeddingSize?: number;
  readonly alpha?: number;
  readonly scale?: number;
  readonly seed?: number;
  readonly kvStore?: string;
}

interface TrainDigitsCommandOptions extends GivenSettings {
  readonly data: string;
  readonly trainRange?: RowRange;
  readonly testRange?: RowRange;
  readonly numExamples?: number;
  readonly preset: DigitsPreset;
  readonly modelPrefix?: string;
  readonly loadEpoch?: number;
  readonly saveModelPrefix?: string;
  readonly resume?: boolean;
  readonly plot?: string;
  readonly logFile?: string;
  readonly backend: BackendName | "auto";
  readonly json?: boolean;
}

const DRAWN = "drawn";
const DEFAULT_PREFIX = join("runs", "digits", "lenet");

/** `mxgraft train digits`. */
export function addTrainCommand(program: Command): void {
  const train = program.command("train").summary("train a network").description("Trains a network.");
  const { default: preset, seed } = DIGITS_PRESETS;
  const of = (key: keyof DigitsSettings) =>
    preset[key] === seed[key] ? `preset: ${preset[key]}` : `preset: ${preset[key]}, preset seed: ${seed[key]}`;
  const digits = train
    .command("digits")
    .summary("train LeNet with center loss on MNIST's files")
    .description(
      "Trains LeNet with softmax and center loss on digits, tests it, and writes a checkpoint after each epoch. The options are those of the MXNet program that the network comes from.",
    )
    .requiredOption("--data <dir>", `folder with MNIST's idx files, packed or not; "${DRAWN}" for drawn digits`)
    .option("--train-range <from:to>", "digits to learn from, of the training files or of the only ones", rowRange)
    .option("--test-range <from:to>", "digits to be tested on, of the test files or of the only ones", rowRange)
    .option("--num-examples <n>", "learn from the first n digits only", integerFrom(1))
    .addOption(
      new Option("--preset <name>", "settings to start from; seed is the MXNet program as it is")
        .choices(Object.keys(DIGITS_PRESETS))
        .default("default"),
    )
    .option("--batch-size <n>", `digits of a batch (${of("batchSize")})`, integerFrom(1))
    .option("--num-epochs <n>", `times to go through the digits (${of("numEpochs")})`, integerFrom(1))
    .option("--lr <rate>", `learning rate (${of("lr")})`, numberFrom(0))
    .option("--lr-factor <factor>", `what the rate is multiplied by now and then (${of("lrFactor")})`, factor)
    .option("--lr-factor-epoch <n>", `after how many epochs (${of("lrFactorEpoch")})`, numberFrom(0, { above: true }))
    .option("--embedding-size <n>", `numbers in the embedding (${of("embeddingSize")})`, integerFrom(1))
    .option("--alpha <step>", `step of the class centers (${of("alpha")})`, numberFrom(0))
    .option("--scale <weight>", `weight of the center loss (${of("scale")})`, numberFrom(0))
    .option("--seed <n>", `seed of the initial weights and of the order (${of("seed")})`, integerFrom(0))
    .option("--model-prefix <prefix>", "checkpoint to start from, with --load-epoch; otherwise as --save-model-prefix")
    .option(
      "--load-epoch <n>",
      "epoch of that checkpoint: takes every parameter of the same name and shape",
      integerFrom(0),
    )
    .option("--save-model-prefix <prefix>", `where checkpoints go (default: "${DEFAULT_PREFIX}")`)
    .option("--resume", "go on from the newest checkpoint, with the numbers of a run that was never stopped")
    .option("--kv-store <type>", "store of the parameters: local or device, which mean the same", "local")
    .option("--plot <dir>", "draw the features, before and after, as SVG and as a page with a slider")
    .option("--log-file <file>", "add the lines of the log to this file")
    .option("--json", "print the result as JSON");
  withBackendOption(digits)
    .addHelpText(
      "after",
      `
Examples:
  mxgraft train digits --data mnist --plot runs/mnist
  mxgraft train digits --data mnist --train-range 0:8000 --test-range 8000:10000    where there is one pair of files
  mxgraft train digits --data mnist --preset seed --seed 3
  mxgraft train digits --data mnist --resume                                        after Ctrl-C
  mxgraft train digits --data mnist --model-prefix runs/digits/lenet --load-epoch 10 \\
    --embedding-size 16 --save-model-prefix runs/wide/lenet`,
    )
    .action(trainDigitsCommand);
}

async function trainDigitsCommand(options: TrainDigitsCommandOptions): Promise<void> {
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
  const note = (line: string) => process.stderr.write(`${line}\n`);
  note(
    `Learning from ${countDigits(data.train)} digits of ${data.source}, testing on ${countDigits(data.test)}, on the backend ${describeBackend(backend)}.`,
  );
  if (start !== undefined) noteStart(start, note);
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
    data = loadDigitData(folder, {
      ...(trainRange === undefined ? {} : { trainRange }),
      ...(testRange === undefined ? {} : { testRange }),
    });
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

function noteStart(start: MatchedParameters, note: (line: string) => void): void {
  note(`Taken from the checkpoint: ${namesOf(start).join(", ")}.`);
  for (const { name, reason } of start.left) note(`Not taken: ${name}: ${reason}.`);
  if (start.fresh.length > 0) note(`Starting anew: ${start.fresh.join(", ")}.`);
}
