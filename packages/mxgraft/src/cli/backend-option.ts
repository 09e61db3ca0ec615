import { EXECUTION_MODES } from "@mxgraft/executor";
import { type Command, Option } from "commander";

/** Adds `--backend` and `--mode`, with MXGRAFT_BACKEND and MXGRAFT_MODE as their defaults. */
export function withBackendOption(command: Command): Command {
  return command
    .addOption(
      new Option("--backend <name>", "where to compute: tensorflow, webgpu, wasm, cpu, or auto for the best there is")
        .default("auto")
        .env("MXGRAFT_BACKEND"),
    )
    .addOption(
      new Option("--mode <name>", "how graphs run; auto compiles them on the backend tensorflow")
        .choices(EXECUTION_MODES)
        .default("auto")
        .env("MXGRAFT_MODE"),
    )
    .on("option:mode", (mode: string) => {
      // Whatever binds a graph further down takes the mode of the environment.
      process.env.MXGRAFT_MODE = mode;
    });
}
