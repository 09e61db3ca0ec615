import type { NodeEntry } from "./graph-node.ts";
import { HIDDEN_KEYS, hide } from "./hidden-keys.ts";

/** The attributes of a node that old files write without underscores, `lr_mult` or `weight_lr_mult`; taken out. */
export function takeOldHiddenKeys(attributes: Map<string, string>): Map<string, string> {
  const taken = new Map<string, string>();
  for (const [name, value] of attributes) {
    if (HIDDEN_KEYS.some((key) => name.startsWith(key) || name.endsWith(key))) taken.set(name, value);
  }
  for (const name of taken.keys()) attributes.delete(name);
  return taken;
}

/**
 * Puts them back as MXNet does: `lr_mult` as `__lr_mult__`; `weight_lr_mult` of an operator as `__lr_mult__` of the
 * variable that is its weight; others as they were.
 *
 * @param inputs  the node's inputs by their names; none for a variable.
 */
export function putBackHiddenKeys(
  taken: ReadonlyMap<string, string>,
  attributes: Map<string, string>,
  inputs: ReadonlyMap<string, NodeEntry>,
): void {
  for (const [name, value] of taken) {
    const key = HIDDEN_KEYS.find((hidden) => name === hidden || name.endsWith(`_${hidden}`));
    const owner = key === undefined ? undefined : inputs.get(name.slice(0, -key.length - 1))?.node;
    if (key === name) attributes.set(hide(name), value);
    else if (key !== undefined && owner?.op === null) owner.setAttribute(hide(key), value);
    else attributes.set(name, value);
  }
}
