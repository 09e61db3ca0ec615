import type { Command } from "commander";

export interface SetupTensorflowOptions {
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
      "Adds the native TensorFlow backend: takes TensorFlow's libraries out of its Python package, builds the addon of tfjs-node-gpu against them and links it into node_modules. Needs Linux x64, Python with pip, and a C++ compiler. Files are kept in the cache folder of the user; MXGRAFT_CACHE=FOLDER chooses another place.",
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
    .action(async (options: SetupTensorflowOptions) => (await import("./run-setup.ts")).runSetup(options));
}
