import type { Command } from "commander";
import { DIGITS_PRESETS } from "../../digits/digits-settings.ts";
import { withBackendOption } from "../backend-option.ts";
import { integerFrom } from "../option-values.ts";

export interface DemoOptions {
  readonly out: string;
  readonly numTrain: number;
  readonly numTest: number;
  readonly numEpochs: number;
  readonly seed: number;
  readonly backend: string;
  readonly json?: boolean;
}

const { demo } = DIGITS_PRESETS;

/** `mxgraft demo`. */
export function addDemoCommand(program: Command): void {
  withBackendOption(program.command("demo"))
    .summary("learn digits that are drawn on the spot, and draw what was learned")
    .description(
      "Draws digits, trains LeNet on them with softmax and center loss, and writes the checkpoint, the figure of the center-loss paper and a page with a slider over the epochs. Needs no files and no network; takes a minute or two.",
    )
    .option("--out <dir>", "folder for what it writes", "runs/demo")
    .option("--num-train <n>", "digits to learn from", integerFrom(1), 3000)
    .option("--num-test <n>", "digits to be tested on", integerFrom(1), 1000)
    .option("--num-epochs <n>", "times to go through them", integerFrom(1), demo.numEpochs)
    .option("--seed <n>", "seed of digits, initial weights and order", integerFrom(0), demo.seed)
    .option("--json", "print the result as JSON")
    .addHelpText(
      "after",
      `
Examples:
  mxgraft demo
  mxgraft demo --backend wasm --out /tmp/demo
  mxgraft demo --num-train 500 --num-test 200 --num-epochs 2    a quick look`,
    )
    .action(async (options: DemoOptions) => (await import("./run-demo.ts")).runDemo(options));
}
