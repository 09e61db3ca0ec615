import { loadNativeOperators, setBackend } from "@mxgraft/tfjs";
import { backends } from "./backends.ts";

/** Whether the operators in C++ are built here; what needs them is skipped otherwise, with a line that says so. */
export async function hasNativeOperators(): Promise<boolean> {
  if (!backends.includes("tensorflow")) return false;
  await setBackend("tensorflow");
  const state = loadNativeOperators("center-loss");
  if (!state.available) console.log(`skipped: native operators "center-loss": ${state.reason}`);
  return state.available;
}

/** Runs `work` as on a machine where no native operator is built. */
export function withoutNativeOperators<T>(work: () => T): T {
  const before = process.env.MXGRAFT_NATIVE;
  process.env.MXGRAFT_NATIVE = "0";
  try {
    return work();
  } finally {
    if (before === undefined) delete process.env.MXGRAFT_NATIVE;
    else process.env.MXGRAFT_NATIVE = before;
  }
}
