import { GraphError } from "@mxgraft/base";
import { MxSymbol } from "./symbol.ts";

/**
 * A symbol with the outputs of several symbols. `mx.sym.Group`.
 *
 * @throws GraphError  no symbols were given.
 */
export function group(symbols: readonly MxSymbol[]): MxSymbol {
  if (symbols.length === 0) throw new GraphError("Group: no symbols were given, expected at least one.");
  return new MxSymbol(symbols.flatMap((symbol) => symbol.entries));
}
