import { didYouMean, UsageError } from "@mxgraft/base";
import { environmentVariable } from "./environment-variable.ts";

/**
 * How a bound graph runs. `"eager"` calls the kernels one by one; `"compiled"` turns them into graphs of TensorFlow,
 * each run by one call; `"auto"` is compiled on the backend "tensorflow" and eager on all others.
 */
export type ExecutionMode = "auto" | "compiled" | "eager";

/** All modes, for options and messages. */
export const EXECUTION_MODES: readonly ExecutionMode[] = ["auto", "compiled", "eager"];

/** @throws UsageError  the name is no mode. */
export function executionMode(name: string): ExecutionMode {
  const found = EXECUTION_MODES.find((mode) => mode === name);
  if (found !== undefined) return found;
  throw new UsageError(
    `Mode "${name}" is not known, expected "auto", "compiled" or "eager".${didYouMean(name, EXECUTION_MODES)}`,
    { argument: "mode", actual: name, expected: EXECUTION_MODES },
  );
}

/** The mode that MXGRAFT_MODE asks for where a program leaves it open. */
export function defaultExecutionMode(): ExecutionMode {
  const name = environmentVariable("MXGRAFT_MODE");
  return name === undefined ? "auto" : executionMode(name);
}
