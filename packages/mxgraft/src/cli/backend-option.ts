import { type Command, Option } from "commander";

/** Adds `--backend`, with MXGRAFT_BACKEND as its default. */
export function withBackendOption(command: Command): Command {
  return command.addOption(
    new Option("--backend <name>", "where to compute: tensorflow, webgpu, wasm, cpu, or auto for the best there is")
      .default("auto")
      .env("MXGRAFT_BACKEND"),
  );
}
