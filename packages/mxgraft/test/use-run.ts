import { type CarrierName, compiledModeState, type ExecutionMode } from "@mxgraft/executor";
import { registerAll, setBackend } from "mxgraft";
import { afterAll, beforeAll, vi } from "vitest";

/** On what graphs run. */
export interface Run {
  readonly backend: "cpu" | "wasm" | "tensorflow";
  readonly mode: ExecutionMode;
  /** By default the fastest that is there. */
  readonly carrier?: CarrierName | undefined;
}

/**
 * Has the tests of a group run so.
 *
 * @returns why they cannot, as soon as the first one begins.
 */
export function useRun({ backend, mode, carrier }: Run): { readonly missing: string | undefined } {
  const run: { missing: string | undefined } = { missing: undefined };
  beforeAll(async () => {
    registerAll();
    vi.stubEnv("MXGRAFT_CARRIER", carrier);
    try {
      await setBackend(backend);
      const state = mode === "compiled" ? await compiledModeState() : undefined;
      run.missing = state?.available === false ? state.reason : undefined;
    } catch (error) {
      run.missing = String(error);
    }
  });
  afterAll(() => {
    vi.unstubAllEnvs();
  });
  return run;
}
