import { type Command, Option } from "commander";
import type { RowRange } from "../../digits/digit-set.ts";
import { DIGITS_PRESETS, type DigitsPreset, type DigitsSettings } from "../../digits/digits-settings.ts";
import { withBackendOption } from "../backend-option.ts";
import { factor, integerFrom, numberFrom, rowRange } from "../option-values.ts";

/** Options that replace values of the preset, where they are given. */
export interface GivenSettings {
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

export interface TrainDigitsCommandOptions extends GivenSettings {
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
  readonly backend: string;
  readonly json?: boolean;
}

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
    .optionsGroup("Digits:")
    .requiredOption("--data <dir>", `folder with MNIST's idx files, packed or not; "drawn" for drawn digits`)
    .option("--train-range <from:to>", "digits to learn from, of the training files or of the only ones", rowRange)
    .option("--test-range <from:to>", "digits to be tested on, of the test files or of the only ones", rowRange)
    .option("--num-examples <n>", "learn from the first n digits only", integerFrom(1))
    .optionsGroup("Training:")
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
    .optionsGroup("Checkpoints:")
    .option("--model-prefix <prefix>", "checkpoint to start from, with --load-epoch; otherwise as --save-model-prefix")
    .option(
      "--load-epoch <n>",
      "epoch of that checkpoint: takes every parameter of the same name and shape",
      integerFrom(0),
    )
    .option("--save-model-prefix <prefix>", `where checkpoints go (default: "runs/digits/lenet")`)
    .option("--resume", "go on from the newest checkpoint, with the numbers of a run that was never stopped")
    .optionsGroup("Other:")
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
    .action(async (options: TrainDigitsCommandOptions) =>
      (await import("./run-train-digits.ts")).runTrainDigits(options),
    );
}
