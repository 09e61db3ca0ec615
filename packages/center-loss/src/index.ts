import type { Plugin } from "@mxgraft/operator";
import { centerLoss } from "./center-loss.ts";

// The operator
export { type CenterLossAttributes, centerLoss } from "./center-loss.ts";
// The same, ported line by line from Python
export { CenterLoss } from "./center-loss-op.ts";
export { CenterLossProp } from "./center-loss-prop.ts";
// Labels
export { classesOf } from "./classes-of.ts";

/** For loaders: `op_type` "centerloss" of `Custom` nodes. */
export default { name: "@mxgraft/center-loss", customOperators: { centerloss: centerLoss } } satisfies Plugin;
