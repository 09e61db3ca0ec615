/*
 * npm run setup:tensorflow [-- --gpu] [-- --remove]
 *
 * Adds the native TensorFlow backend to this checkout, or removes it. Exit codes: 0 done, 1 failed, 2 wrong usage.
 */
import { parseArgs } from "node:util";
import { didYouMean, MxgraftError } from "@mxgraft/base";
import { cacheFolder, removeTensorflow, setUpTensorflow, streamProgress } from "@mxgraft/tfjs/setup";

const OPTIONS = { gpu: { type: "boolean" }, remove: { type: "boolean" }, help: { type: "boolean" } } as const;

const HELP = `npm run setup:tensorflow [-- --gpu] [-- --remove]

Adds the native TensorFlow backend: downloads TensorFlow's libraries with pip, builds the addon of tfjs-node-gpu
against them and links it into node_modules. Needs Linux x64, Python with pip, and a C++ compiler.

  --gpu     with the CUDA libraries, for NVIDIA's GPUs (2.5 GB to download)
  --remove  removes the files and the link again

Files are kept in ${cacheFolder()} (MXGRAFT_CACHE=FOLDER chooses another place).`;

async function setUp(gpu: boolean): Promise<void> {
  const result = await setUpTensorflow({ gpu, progress: streamProgress(process.stdout) });
  console.log(
    `${result.changed ? "Done" : "All is there already"}: TensorFlow ${result.version} on the ${result.device}, ` +
      `a 512 x 512 matrix product takes ${result.milliseconds.toFixed(1)} ms. Files: ${result.folder}`,
  );
  if (gpu && result.device === "CPU") {
    console.log("No GPU answered, so TensorFlow computes on the processor; nvidia-smi shows whether the driver works.");
  }
}

async function remove(): Promise<void> {
  const removed = await removeTensorflow({ progress: streamProgress(process.stdout) });
  console.log(removed.length === 0 ? "There was nothing to remove." : `Removed:\n  ${removed.join("\n  ")}`);
}

async function main(words: readonly string[]): Promise<number> {
  const { values, positionals, tokens } = parseArgs({
    args: [...words],
    options: OPTIONS,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const known = Object.keys(OPTIONS);
  const unknown = tokens.find((token) => token.kind === "option" && !known.includes(token.name));
  const wrong = unknown?.kind === "option" ? unknown.rawName : positionals[0];
  if (wrong !== undefined) {
    const near = didYouMean(
      wrong.startsWith("-") ? wrong : `--${wrong}`,
      known.map((name) => `--${name}`),
    );
    console.error(`"${wrong}" is not known.${near} Expected: --gpu, --remove or --help.`);
    return 2;
  }
  if (values.gpu && values.remove) {
    console.error("--gpu and --remove exclude each other: --remove takes away every flavour.");
    return 2;
  }
  if (values.help) console.log(HELP);
  else if (values.remove) await remove();
  else await setUp(values.gpu === true);
  return 0;
}

main(process.argv.slice(2)).then(
  (status) => {
    process.exitCode = status;
  },
  (error: unknown) => {
    // A fault of ours keeps its stack.
    console.error(error instanceof MxgraftError ? error.message : error);
    process.exitCode = 1;
  },
);
