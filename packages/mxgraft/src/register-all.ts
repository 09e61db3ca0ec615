import centerLossPlugin from "@mxgraft/center-loss-tfjs";
import type { Plugin } from "@mxgraft/operator";
import { builtins } from "@mxgraft/operators";
import { builtinKernels } from "@mxgraft/operators-tfjs";
import { type KernelTable, registerPlugin } from "@mxgraft/tfjs";

const builtinPlugin: Plugin<KernelTable> = {
  name: "@mxgraft/operators",
  operators: Object.values(builtins),
  kernels: builtinKernels,
};

/**
 * Registers the built-in operators, center loss, and the kernels of both. Importing "mxgraft" has done it already; to
 * call it again does no harm.
 */
export function registerAll(): void {
  registerPlugin(builtinPlugin);
  registerPlugin(centerLossPlugin);
}

// The one thing that importing mxgraft does: package.json names this file, so that bundlers keep it.
registerAll();
