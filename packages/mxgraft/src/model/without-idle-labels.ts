import { invariant } from "@mxgraft/base";
import { Symbol as MxSymbol, type NodeEntry, resolveNode, variable } from "@mxgraft/symbol";

/** Losses whose output is a function of the data alone; the label matters only to the gradient. */
const IDLE: readonly string[] = [
  "SoftmaxOutput",
  "LinearRegressionOutput",
  "LogisticRegressionOutput",
  "MAERegressionOutput",
  "SVMOutput",
];

/**
 * A copy of a graph for forward only, in which each loss that ignores its label there has a variable of its own for
 * it, whose shape follows from the data. What only computed such a label (a Reshape of it) is gone.
 */
export function withoutIdleLabels(symbol: MxSymbol): MxSymbol {
  const copies = new Map<unknown, NodeEntry["node"]>();
  const taken = new Set(symbol.listInputs());
  const copyOf = ({ node, index, version }: NodeEntry): NodeEntry => {
    const copy = copies.get(node);
    invariant(copy, `node "${node.name}" was not copied before it was used`);
    return { node: copy, index, version };
  };
  for (const node of symbol.nodes()) {
    if (node.op === null) {
      copies.set(node, node);
      continue;
    }
    const { spec, attributes } = resolveNode(node);
    const label = IDLE.includes(node.op) ? spec.arguments(attributes).indexOf("label") : -1;
    const inputs = node.inputs.map((entry, i) => {
      if (i !== label) return copyOf(entry);
      let name = `${node.name}_label`;
      while (taken.has(name)) name += "_";
      taken.add(name);
      return variable(name).singleEntry("label");
    });
    copies.set(node, node.with({ inputs }));
  }
  return new MxSymbol(symbol.entries.map(copyOf));
}
