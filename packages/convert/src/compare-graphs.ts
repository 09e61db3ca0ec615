import type { GraphRecord, NodeRecord } from "@mxgraft/symbol";
import type { NodeChange } from "./mxnet-report.ts";

/**
 * What rewriting did to each node. Nodes are compared by name; of several with one name in their order.
 *
 * @param before  the graph as its file says it.
 */
export function compareGraphs(before: GraphRecord, after: GraphRecord): NodeChange[] {
  const [old, now] = [byName(before), byName(after)];
  const changes: NodeChange[] = [];
  for (const [key, node] of now) {
    const was = old.get(key);
    if (was === undefined) changes.push({ node: node.name, change: `${kindOf(node)} was added` });
    else changes.push(...nodeChanges(was, node));
  }
  for (const [key, node] of old) {
    if (!now.has(key)) changes.push({ node: node.name, change: `${kindOf(node)} was left out: no output needs it` });
  }
  return changes;
}

function byName({ nodes }: GraphRecord): Map<string, NodeRecord> {
  const counts = new Map<string, number>();
  return new Map(
    nodes.map((node) => {
      const count = counts.get(node.name) ?? 0;
      counts.set(node.name, count + 1);
      return [JSON.stringify([node.name, count]), node];
    }),
  );
}

function kindOf({ op }: NodeRecord): string {
  return op === null ? "the variable" : `the ${op}`;
}

function nodeChanges(was: NodeRecord, now: NodeRecord): NodeChange[] {
  const changes: string[] = [];
  if (was.op !== now.op) changes.push(`operator ${was.op} is now called ${now.op}`);
  const [added, removed] = [onlyIn(now, was), onlyIn(was, now)];
  for (const [key, value] of removed) {
    const renamed = added.find(([other, same]) => same === value && other === `__${key}__`);
    if (renamed === undefined) {
      changes.push(`attribute ${key} was ${now.attributes.has(key) ? "changed" : "left out"} (${value})`);
    } else {
      changes.push(`attribute ${key} is now ${renamed[0]}`);
      added.splice(added.indexOf(renamed), 1);
    }
  }
  for (const [key, value] of added) changes.push(`attribute ${key} is now ${value}`);
  const inputs = now.inputs.length - was.inputs.length;
  if (inputs !== 0) changes.push(`it has ${now.inputs.length} inputs, before ${was.inputs.length}`);
  return changes.map((change) => ({ node: now.name, change }));
}

function onlyIn(one: NodeRecord, other: NodeRecord): [string, string][] {
  return [...one.attributes].filter(([key, value]) => other.attributes.get(key) !== value);
}
