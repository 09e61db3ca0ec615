import { join, relative } from "node:path";
import { DIGITS_PRESETS } from "../../digits/digits-settings.ts";
import { drawnDigitData } from "../../digits/drawn-digit-data.ts";
import { runDigits } from "../digits-run.ts";
import { figuresJson, figuresText } from "../figures-text.ts";
import { describeBackend, startBackend } from "../start-backend.ts";
import { duration } from "../training-display.ts";
import type { DemoOptions } from "./demo.ts";

const { demo } = DIGITS_PRESETS;

/** What `mxgraft demo` does. */
export async function runDemo(options: DemoOptions): Promise<void> {
  const { out, numTrain, numTest, numEpochs, seed } = options;
  const backend = await startBackend(options.backend);
  const data = drawnDigitData({ train: numTrain, test: numTest, seed });
  const settings = { ...demo, numEpochs, seed, batchSize: Math.min(demo.batchSize, numTrain) };
  const { result, files } = await runDigits({
    data,
    settings,
    prefix: join(out, "lenet"),
    resumable: false,
    plot: out,
    title: "LeNet with center loss: features of drawn digits",
    intro: [
      `Learning from ${numTrain} drawn digits, testing on ${numTest}, on the backend ${describeBackend(backend)}.`,
      "The network is LeNet with an embedding of two numbers; softmax loss and center loss train it together.",
    ],
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
