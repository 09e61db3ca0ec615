import { host } from "#backend-host";
import type { NativeOperatorsState } from "./backends/native-operators-state.ts";

/**
 * Loads operators that a package wrote for TensorFlow in C++ and that the set-up compiled here. Afterwards
 * `executeOp`, graphs and functions know them. A second call costs a look into a table.
 *
 * Not being there is no fault: the caller computes in another way then. `MXGRAFT_NATIVE=0` switches all of them off.
 *
 * @param name  as the package declares them in its package.json, under `mxgraft.nativeOperators`.
 * @returns whether they are there, and why not. The backend "tensorflow" has to be loaded first.
 */
export function loadNativeOperators(name: string): NativeOperatorsState {
  return host.loadNativeOperators(name);
}
