import type { Command } from "commander";
import type { RowRange } from "../../digits/digit-set.ts";
import { withBackendOption } from "../backend-option.ts";
import { integerFrom, rowRange } from "../option-values.ts";

export interface PlotOptions {
  readonly epoch?: number;
  readonly all?: boolean;
  readonly data: string;
  readonly trainRange?: RowRange;
  readonly testRange?: RowRange;
  readonly seed: number;
  readonly layer: string;
  readonly out?: string;
  readonly backend: string;
  readonly json?: boolean;
}

/** `mxgraft plot`. */
export function addPlotCommand(program: Command): void {
  const plot = program
    .command("plot")
    .summary("draw the features of digits from a checkpoint")
    .description(
      "Loads a checkpoint, cuts its graph at the embedding, and draws the features of up to 1,000 digits of each kind, coloured by class, with the class centers: an SVG file and a page.",
    )
    .argument("<prefix>", "prefix of the checkpoint, such as runs/demo/lenet")
    .option("--epoch <n>", "epoch to draw; default the newest", integerFrom(0))
    .option("--all", "all epochs there are, with a slider")
    .option("--data <dir>", `folder with MNIST's idx files; "drawn" for drawn digits`, "drawn")
    .option("--train-range <from:to>", "digits that were learned", rowRange)
    .option("--test-range <from:to>", "digits for the test", rowRange)
    .option("--seed <n>", "seed of drawn digits", integerFrom(0), 1)
    .option("--layer <output>", "the output to draw", "embedding_output")
    .option("--out <dir>", "folder for features.svg and features.html; default that of the checkpoint")
    .option("--json", "print the result as JSON");
  withBackendOption(plot)
    .addHelpText(
      "after",
      `
Examples:
  mxgraft plot runs/demo/lenet
  mxgraft plot runs/demo/lenet --epoch 3 --out /tmp/epoch3
  mxgraft plot runs/digits/lenet --all --data mnist --train-range 0:8000 --test-range 8000:10000`,
    )
    .action(async (prefix: string, options: PlotOptions) => (await import("./run-plot.ts")).runPlot(prefix, options));
}
