import { GraphError } from "@mxgraft/base";
import type { NodeRecord } from "./graph-record.ts";

/** Attributes that say how many arguments or outputs a node has, or layers inside it: lists are made from them. */
const COUNTING = ["num_args", "num_outputs", "num_weights", "num_arrays", "num_layers", "sections"];

/** For a whole graph; an LSTM unrolled over a thousand steps has some ten thousand. */
const MOST = 2 ** 17;

/**
 * Refuses graphs that in a few bytes announce more arguments and outputs than any memory holds.
 *
 * @throws GraphError  naming the node and its attribute.
 */
export function checkCounts(nodes: readonly NodeRecord[]): void {
  let sum = 0;
  for (const [id, { name, op, attributes }] of nodes.entries()) {
    if (op === null) continue;
    for (const attribute of COUNTING) {
      const text = attributes.get(attribute);
      const value = Number(text);
      // Texts that are no number are left to the operator, which says what it expects.
      if (text === undefined || !(value > 1)) continue;
      sum += value;
      if (sum <= MOST) continue;
      throw new GraphError(
        `Node ${id} "${name}": attribute "${attribute}" is "${text}", which makes ${sum} arguments, outputs and layers in the graph; expected at most ${MOST}.`,
        { node: name, argument: attribute, expected: MOST, actual: value },
      );
    }
  }
}
