import { didYouMean, UsageError } from "@mxgraft/base";
import { group, Symbol as MxSymbol } from "@mxgraft/symbol";

/**
 * The graph seen from other outputs: `"internals"` for those of all nodes, or names, where `fc1` is short for
 * `fc1_output`.
 *
 * @throws UsageError  there are no outputs of these names, all of them named.
 */
export function chooseOutputs(symbol: MxSymbol, outputs: "internals" | readonly string[]): MxSymbol {
  const internals = symbol.getInternals();
  if (outputs === "internals") return new MxSymbol(internals.entries.filter(({ node }) => node.op !== null));
  const names = internals.listOutputs();
  const chosen = outputs.map((name) => (names.includes(name) ? name : `${name}_output`));
  const unknown = outputs.filter((_, i) => !names.includes(chosen[i] ?? ""));
  if (unknown.length > 0) {
    throw new UsageError(
      unknown.map((name) => `The graph has no output "${name}".${didYouMean(name, names)}`).join("\n"),
      { argument: "outputs", actual: unknown, expected: names },
    );
  }
  return group(chosen.map((name) => internals.get(name)));
}
