import { BACKEND_NAMES, type BackendName, backendStatus } from "@mxgraft/tfjs";
import { type Command, Option } from "commander";
import { setBackend } from "../backend.ts";

/** Adds `--backend`, with MXGRAFT_BACKEND as its default. */
export function withBackendOption(command: Command): Command {
  return command.addOption(
    new Option("--backend <name>", "where to compute")
      .choices(["auto", ...BACKEND_NAMES])
      .default("auto")
      .env("MXGRAFT_BACKEND"),
  );
}

/** The backend in use, and a few words about it where there are any. */
export interface ChosenBackend {
  readonly name: BackendName;
  readonly detail?: string;
}

/** Starts the backend that the option names. */
export async function startBackend(name: BackendName | "auto"): Promise<ChosenBackend> {
  const chosen = await setBackend(name);
  const detail = (await backendStatus()).find((status) => status.name === chosen)?.detail;
  return { name: chosen, ...(detail === undefined ? {} : { detail }) };
}

/** `tensorflow (TensorFlow 2.21.0 on the processor)`. */
export function describeBackend({ name, detail }: ChosenBackend): string {
  return detail === undefined ? name : `${name} (${detail})`;
}
