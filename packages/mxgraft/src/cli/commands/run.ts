import { type Command, Option } from "commander";
import { withBackendOption } from "../backend-option.ts";
import type { ImageOptions } from "../image-inputs.ts";
import { collected, namedShape, withPluginOption } from "../model-options.ts";
import { divisorList, integerFrom, numberFrom, numberList } from "../option-values.ts";

export interface RunOptions extends ImageOptions {
  readonly input: readonly string[];
  readonly output?: string;
  readonly outputs?: string;
  readonly topK?: number;
  readonly labels?: string;
  readonly batch?: number;
  readonly repeat?: number;
  readonly plugin: readonly string[];
  readonly backend: string;
  readonly json?: boolean;
}

/** `mxgraft run`. */
export function addRunCommand(program: Command): void {
  const run = program
    .command("run")
    .summary("run a model on arrays or images from files")
    .description(
      "Reads a model of any MXNet version, runs its forward for inference on arrays from NumPy's files or on images, and shows its outputs. Labels of losses need not be given.",
    )
    .argument("<symbol>", "the graph, such as model-symbol.json")
    .argument("<params>", "the parameters, such as model-0001.params")
    .option(
      "--input <name=file>",
      "an input, from .npy or .npz; an .npz alone gives all arrays in it; can be given several times",
      collected,
      [],
    )
    .option("--batch <n>", "rows to run at a time; all at once without it", integerFrom(1))
    .optionsGroup("Images:")
    .option(
      "--image <files...>",
      "images, one for each row of the input; NAME=FILE where the graph has several inputs",
      collected,
      [],
    )
    .option("--shape <name=sizes>", "shape of the input, whose width and height images are resized to", namedShape, {})
    .addOption(new Option("--layout <layout>", "order of the axes").choices(["NCHW", "NHWC"]).default("NCHW"))
    .addOption(
      new Option("--color <order>", "order of the channels (default: rgb, or gray for one channel)").choices([
        "rgb",
        "bgr",
        "gray",
      ]),
    )
    .option("--mean <numbers>", "subtracted from the pixels, 0 to 255: one number, or one a channel", numberList)
    .option("--std <numbers>", "then divided by: one number, or one a channel", divisorList)
    .option("--scale <factor>", "and multiplied with, as 0.00392157 for 1/255", numberFrom(0, { above: true }))
    .optionsGroup("Outputs:")
    .option("--output <file.npz>", "write the outputs, whole")
    .option("--outputs <names>", 'other outputs than the graph\'s own, such as fc1_output,fc2_output, or "internals"')
    .option("--top-k <n>", "show the n largest scores of each row of outputs (N, classes)", integerFrom(1))
    .option("--labels <file>", "names of the classes, one a line, for --top-k (5 by default)")
    .option("--repeat <n>", "run n times more and show the time", integerFrom(1))
    .optionsGroup("Other:")
    .option("--json", "print the result as JSON");
  withBackendOption(withPluginOption(run))
    .addHelpText(
      "after",
      `
Examples:
  mxgraft run model-symbol.json model-0001.params --input data=x.npy
  mxgraft run model-symbol.json model-0001.params --input data=x.npy --labels synset.txt --repeat 20
  mxgraft run model-symbol.json model-0001.params --image cat.jpg dog.jpg --shape data=1,3,224,224 \\
    --mean 123.68,116.78,103.94 --std 58.4,57.12,57.38 --labels synset.txt
  mxgraft run model-symbol.json model-0001.params --input x.npz --batch 32 --outputs internals --output out.npz`,
    )
    .action(async (symbol: string, params: string, options: RunOptions) =>
      (await import("./run-run.ts")).runRun(symbol, params, options),
    );
}
