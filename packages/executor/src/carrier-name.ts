import { didYouMean, UsageError } from "@mxgraft/base";
import { environmentVariable } from "./environment-variable.ts";

/**
 * What runs a compiled graph: `"function"`, a function in TensorFlow's eager context, which changes parameters in place;
 * `"session"`, a session of its own, for a TensorFlow without our native operators.
 */
export type CarrierName = "function" | "session";

/** All carriers, for options and messages. */
export const CARRIERS: readonly CarrierName[] = ["function", "session"];

/**
 * The only carrier that MXGRAFT_CARRIER lets graphs have; nothing means that the fastest one that is there is taken.
 *
 * @throws UsageError  the name is no carrier.
 */
export function askedCarrier(): CarrierName | undefined {
  const name = environmentVariable("MXGRAFT_CARRIER") ?? "auto";
  const found = CARRIERS.find((carrier) => carrier === name);
  if (found !== undefined || name === "auto") return found;
  const expected = ["auto", ...CARRIERS];
  throw new UsageError(
    `MXGRAFT_CARRIER is "${name}", expected "auto", "function" or "session".${didYouMean(name, expected)}`,
    { argument: "MXGRAFT_CARRIER", actual: name, expected },
  );
}
