import { didYouMean } from "@mxgraft/base";
import { BACKEND_NAMES, type BackendName, backendStatus, isBackendName } from "@mxgraft/tfjs";
import { setBackend } from "../backend.ts";
import { WrongUsage } from "./wrong-usage.ts";

/** The backend in use, and a few words about it where there are any. */
export interface StartedBackend {
  readonly name: BackendName;
  readonly detail?: string;
}

/** @throws WrongUsage  there is no backend of that name on any machine. */
export function checkBackendName(name: string): BackendName | "auto" {
  // An empty variable is how shells and CI say that there is none.
  if (name === "") return "auto";
  if (name === "auto" || isBackendName(name)) return name;
  const known = ["auto", ...BACKEND_NAMES];
  throw new WrongUsage(
    `Backend "${name}" is not known.${didYouMean(name, known)} --backend or MXGRAFT_BACKEND can be ${known.join(", ")}.`,
    { argument: "backend", actual: name, expected: known },
  );
}

/** Starts the backend that the option names. */
export async function startBackend(name: string): Promise<StartedBackend> {
  const started = await setBackend(checkBackendName(name));
  // Only this one is looked at: the others would be woken up for nothing, and drivers write to the terminal themselves.
  const detail = (await backendStatus({ names: [started] }))[0]?.detail;
  return { name: started, ...(detail === undefined ? {} : { detail }) };
}

/** `tensorflow (TensorFlow 2.21.0 on the processor)`. */
export function describeBackend({ name, detail }: StartedBackend): string {
  return detail === undefined ? name : `${name} (${detail})`;
}
