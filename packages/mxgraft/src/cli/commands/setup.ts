import { cacheFolder, removeTensorflow, setUpTensorflow, streamProgress } from "@mxgraft/tfjs/setup";
import type { Command } from "commander";
import { WrongUsage } from "../wrong-usage.ts";

interface SetupTensorflowOptions {
  readonly gpu?: boolean;
  readonly remove?: boolean;
  readonly json?: boolean;
}

/** `mxgraft setup tensorflow`. */
export function addSetupCommand(program: Command): void {
  const setup = program.command("setup").summary("add a backend").description("Adds a backend to this installation.");
  setup
    .command("tensorflow")
    .summary("add the native TensorFlow backend (Linux x64)")
    .description(
      `Adds the native TensorFlow backend: takes TensorFlow's libraries out of its Python package, builds the addon of tfjs-node-gpu against them and links it into node_modules. Needs Linux x64, Python with pip, and a C++ compiler. Files are kept in ${cacheFolder()}; MXGRAFT_CACHE=FOLDER chooses another place.`,
    )
    .option("--gpu", "with the CUDA libraries, for NVIDIA's GPUs (2.5 GB to download)")
    .option("--remove", "remove the files and the link again")
    .option("--json", "print the result as JSON")
    .addHelpText(
      "after",
      `
Examples:
  mxgraft setup tensorflow
  mxgraft setup tensorflow --gpu
  mxgraft setup tensorflow --remove`,
    )
    .action(setUp);
}

async function setUp({ gpu = false, remove = false, json = false }: SetupTensorflowOptions): Promise<void> {
  if (gpu && remove) throw new WrongUsage("--gpu and --remove exclude each other: --remove takes away every flavour.");
  const progress = streamProgress(process.stderr);
  if (remove) {
    const removed = await removeTensorflow({ progress });
    if (json) console.log(JSON.stringify({ command: "setup tensorflow", removed }, null, 2));
    else console.log(removed.length === 0 ? "There was nothing to remove." : `Removed:\n  ${removed.join("\n  ")}`);
    return;
  }
  const result = await setUpTensorflow({ gpu, progress });
  if (json) {
    console.log(JSON.stringify({ command: "setup tensorflow", ...result }, null, 2));
    return;
  }
  console.log(
    `${result.changed ? "Done" : "All is there already"}: TensorFlow ${result.version} on the ${result.device}, a 512 x 512 matrix product takes ${result.milliseconds.toFixed(1)} ms. Files: ${result.folder}`,
  );
  if (gpu && result.device === "CPU") {
    console.log("No GPU answered, so TensorFlow computes on the processor; nvidia-smi shows whether the driver works.");
  }
}
