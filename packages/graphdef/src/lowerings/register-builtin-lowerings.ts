import { lowerings } from "@mxgraft/operator";
import { builtinLowerings } from "./builtin-lowerings.ts";

/** Registers the lowerings of the built-in operators. Doing it twice does no harm. */
export function registerBuiltinLowerings(): void {
  for (const [operator, lowering] of Object.entries(builtinLowerings)) lowerings.register(operator, lowering);
}
