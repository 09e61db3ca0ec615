import type { Executor } from "@mxgraft/executor";
import type { Facts } from "../../run/results.ts";

/** How a graph ran: the mode, and what of it stayed eager. */
export function compilationFacts({ compilation }: Executor): Facts {
  const { mode, carrier, reason, eagerNodes, stepReason } = compilation;
  return {
    mode,
    ...(carrier === undefined ? {} : { carrier }),
    ...(reason === undefined ? {} : { "eager because": reason }),
    ...(mode === "eager" || eagerNodes.length === 0 ? {} : { "eager nodes": eagerNodes.length }),
    ...(stepReason === undefined ? {} : { "several calls because": stepReason }),
  };
}
