import { join, relative } from "node:path";
import type { BackendName } from "@mxgraft/tfjs";
import type { Command } from "commander";
import { DIGITS_PRESETS } from "../../digits/digits-settings.ts";
import { drawnDigitData } from "../../digits/drawn-digit-data.ts";
import { describeBackend, startBackend, withBackendOption } from "../chosen-backend.ts";
import { runDigits } from "../digits-run.ts";
import { figuresJson, figuresText } from "../figures-text.ts";
import { integerFrom } from "../option-values.ts";
import { duration } from "../training-display.ts";

interface DemoOptions {
  readonly out: string;
  readonly numTrain: number;
  readonly numTest: number;
  readonly numEpochs: number;
  readonly seed: number;
  readonly backend: BackendName | "auto";
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
    .action(runDemo);
}

async function runDemo(options: DemoOptions): Promise<void> {
  const { out, numTrain, numTest, numEpochs, seed } = options;
  const backend = await startBackend(options.backend);
  const data = drawnDigitData({ train: numTrain, test: numTest, seed });
  process.stderr.write(
    `Learning from ${numTrain} drawn digits on the backend ${describeBackend(backend)}: LeNet, a 2-D embedding, softmax and center loss.\n`,
  );
  const settings = { ...demo, numEpochs, seed, batchSize: Math.min(demo.batchSize, numTrain) };
  const { result, files } = await runDigits({
    data,
    settings,
    prefix: join(out, "lenet"),
    resumable: false,
    plot: out,
    title: "LeNet with center loss: features of drawn digits",
    resumeHint: "The demo always begins anew; mxgraft plot draws the checkpoint.",
  });
  if (options.json) {
    const { epochs, figures, seconds } = result;
    const print = {
      command: "demo",
      backend,
      config: settings,
      data: { source: data.source, train: numTrain, test: numTest },
    };
    console.log(JSON.stringify({ ...print, epochs, figures: figuresJson(figures), files, seconds }, null, 2));
    return;
  }
  const page = relative(process.cwd(), files.page ?? "") || files.page;
  console.log(`
Learned in ${duration(result.seconds)} on ${backend.name}.

  checkpoint  ${files.params} (and ${files.symbol})
  figure      ${files.figure}
  page        ${files.page}

${figuresText(result.figures)}

Try next:
  open ${page} in a browser and move the slider through the epochs
  mxgraft train digits --data DIR     the same on MNIST's files
  mxgraft doctor                      the backends of this machine${backend.name === "tensorflow" ? "" : ", and how to get a faster one"}`);
}
