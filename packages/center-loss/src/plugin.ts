import type { Plugin } from "@mxgraft/operator";
import { centerLoss } from "./center-loss.ts";

/** For loaders: `op_type` "centerloss" of `Custom` nodes. */
export default { name: "@mxgraft/center-loss", customOperators: { centerloss: centerLoss } } satisfies Plugin;
