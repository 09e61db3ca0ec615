import type { Command } from "commander";
import { withBackendOption } from "../backend-option.ts";
import { collected, withPluginOption } from "../model-options.ts";
import { integerFrom } from "../option-values.ts";

export interface RunOptions {
  readonly input: readonly string[];
  readonly output?: string;
  readonly outputs?: string;
  readonly topK?: number;
  readonly labels?: string;
  readonly repeat?: number;
  readonly plugin: readonly string[];
  readonly backend: string;
  readonly json?: boolean;
}

/** `mxgraft run`. */
export function addRunCommand(program: Command): void {
  const run = program
    .command("run")
    .summary("run a model on arrays from files")
    .description(
      "Reads a model of any MXNet version, runs its forward for inference on arrays from NumPy's files, and shows its outputs. Labels of losses need not be given.",
    )
    .argument("<symbol>", "the graph, such as model-symbol.json")
    .argument("<params>", "the parameters, such as model-0001.params")
    .option(
      "--input <name=file>",
      "an input, from .npy or .npz; an .npz alone gives all arrays in it; can be given several times",
      collected,
      [],
    )
    .option("--output <file.npz>", "write the outputs, whole")
    .option("--outputs <names>", 'other outputs than the graph\'s own, such as fc1_output,fc2_output, or "internals"')
    .option("--top-k <n>", "show the n largest scores of each row of outputs (N, classes)", integerFrom(1))
    .option("--labels <file>", "names of the classes, one a line, for --top-k (5 by default)")
    .option("--repeat <n>", "run n times more and show the time", integerFrom(1))
    .option("--json", "print the result as JSON");
  withBackendOption(withPluginOption(run))
    .addHelpText(
      "after",
      `
Examples:
  mxgraft run model-symbol.json model-0001.params --input data=x.npy
  mxgraft run model-symbol.json model-0001.params --input data=x.npy --labels synset.txt --repeat 20
  mxgraft run model-symbol.json model-0001.params --input x.npz --outputs internals --output out.npz`,
    )
    .action(async (symbol: string, params: string, options: RunOptions) =>
      (await import("./run-run.ts")).runRun(symbol, params, options),
    );
}
