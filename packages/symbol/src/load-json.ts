import { didYouMean, GraphError, invariant, MxgraftError, RegistryError } from "@mxgraft/base";
import { CUSTOM, customOperators, nodeError, type OperatorSpec, operators } from "@mxgraft/operator";
import { checkCounts } from "./check-counts.ts";
import { GraphNode, type NodeEntry } from "./graph-node.ts";
import { type EntryRecord, type GraphRecord, type NodeRecord, readGraphRecord } from "./graph-record.ts";
import { graphText } from "./graph-text.ts";
import { inputNames, setInputInitializers } from "./input-attributes.ts";
import { outputNames } from "./output-names.ts";
import { resolveNode } from "./resolve-node.ts";
import { MXNET_VERSION } from "./save-json.ts";
import { MxSymbol } from "./symbol.ts";
import { unknownOperator } from "./unknown-operator.ts";
import { putBackHiddenKeys, takeOldHiddenKeys } from "./upgrade-hidden-keys.ts";

export interface LoadJsonOptions {
  /**
   * What to do with operators that are not registered: refuse the graph, or keep the nodes, so that the graph can be
   * looked at (`isUnknownOperator` tells them) but not run. Default `"refuse"`.
   */
  readonly unknownOperators?: "refuse" | "keep";
}

/**
 * A graph from the text of a `symbol.json` of any MXNet version, or from its bytes. Old ones are upgraded as MXNet 1.9.1 does: hidden
 * attributes get their underscores, auxiliary states that files before 0.9 do not list get variables.
 *
 * @throws GraphError      it is no graph; the message names the byte or the node and says why.
 * @throws RegistryError   operators are not registered: all of them, with their nodes.
 * @throws AttributeError  an attribute is missing, unknown or cannot be parsed.
 */
export function loadJson(content: string | Uint8Array, options: LoadJsonOptions = {}): MxSymbol {
  const record = readGraphRecord(graphText(content));
  checkCounts(record.nodes);
  const placeholders = placeholdersFor(record, options.unknownOperators ?? "refuse");
  const nodes: GraphNode[] = [];
  const entryOf = ({ node: id, index, version }: EntryRecord, subject: string): NodeEntry => {
    const node = nodes[id];
    invariant(node, `node ${id} was not read before it was used`);
    const outputs = outputNames(node).length;
    if (index < outputs) return { node, index, version };
    throw new GraphError(`${subject} is output ${index} of "${node.name}", which has ${outputs}.`, {
      expected: outputs,
      actual: index,
    });
  };
  for (const [id, one] of record.nodes.entries()) {
    const inputs = one.inputs.map((entry, i) => entryOf(entry, `Node ${id} "${one.name}": input ${i}`));
    nodes.push(buildNode(one, inputs, record.version, placeholders.get(one)));
  }
  return new MxSymbol(record.heads.map((head, i) => entryOf(head, `Head ${i}`)));
}

/** Specs for the nodes whose operators are not registered. */
function placeholdersFor(record: GraphRecord, policy: "refuse" | "keep"): Map<NodeRecord, OperatorSpec> {
  const unknown = record.nodes.filter(isUnknown);
  if (unknown.length > 0 && policy === "refuse") throw unknownOperatorsError(unknown);
  const used = new Map<NodeRecord, number>();
  for (const { node: id, index } of [...record.nodes.flatMap((node) => node.inputs), ...record.heads]) {
    const node = record.nodes[id];
    if (node) used.set(node, Math.max(used.get(node) ?? 1, index + 1));
  }
  return new Map(
    unknown.map((node) => {
      const outputs = Math.min(used.get(node) ?? 1, MOST_OUTPUTS);
      return [node, unknownOperator(node.op ?? "", node.inputs.length, outputs)];
    }),
  );
}

/** No file can make us list more outputs for an operator of which nothing is known. */
const MOST_OUTPUTS = 1024;

function isUnknown({ op, attributes }: NodeRecord): boolean {
  if (op === null) return false;
  if (op !== CUSTOM) return operators.find(op) === undefined;
  const opType = attributes.get("op_type");
  return opType !== undefined && customOperators.find(opType) === undefined;
}

function unknownOperatorsError(nodes: readonly NodeRecord[]): RegistryError {
  const wanted = new Map<string, NodeRecord[]>();
  for (const node of nodes) {
    const key = node.op === CUSTOM ? `${CUSTOM} ${node.attributes.get("op_type")}` : (node.op ?? "");
    const present = wanted.get(key);
    if (present) present.push(node);
    else wanted.set(key, [node]);
  }
  const lines = [...wanted.values()].map((users) => {
    const [first] = users;
    invariant(first?.op, "an operator without nodes was missed");
    const custom = first.op === CUSTOM;
    const name = custom ? (first.attributes.get("op_type") ?? "") : first.op;
    const shown = users.slice(0, 5).map((node) => `"${node.name}"`);
    const more = users.length > 5 ? ` and ${users.length - 5} more` : "";
    const near = didYouMean(name, (custom ? customOperators : operators).names());
    return `Node${users.length > 1 ? "s" : ""} ${shown.join(", ")}${more}: ${custom ? "custom operator" : "operator"} "${name}" is not registered.${near}`;
  });
  const advice =
    'Built-in operators come from "@mxgraft/operators"; custom ones must be registered with register() before the graph is read.';
  const [node] = nodes;
  return new RegistryError(`${lines.join("\n")} ${advice}`, {
    ...(node ? { node: node.name } : {}),
    ...(node?.op ? { operator: node.op } : {}),
    actual: [...wanted.keys()],
  });
}

function buildNode(
  record: NodeRecord,
  given: readonly NodeEntry[],
  version: number,
  placeholder: OperatorSpec | undefined,
): GraphNode {
  const { op, name } = record;
  const attributes = new Map(record.attributes);
  const taken: ReadonlyMap<string, string> = version < MXNET_VERSION ? takeOldHiddenKeys(attributes) : new Map();
  if (op === null) {
    putBackHiddenKeys(taken, attributes, new Map());
    return new GraphNode({ op, name, attributes });
  }
  // Since 0.9.5 no axis means what -1 meant before.
  if (version < 905 && (op === "argmax" || op === "argmin") && attributes.get("axis") === "-1")
    attributes.delete("axis");
  try {
    const canonical = op === CUSTOM || placeholder ? op : operators.get(op).name;
    const operator = resolveNode(new GraphNode({ op: canonical, name, attributes, spec: placeholder }));
    const names = inputNames(operator);
    putBackHiddenKeys(taken, attributes, new Map(names.flatMap((input, i) => (given[i] ? [[input, given[i]]] : []))));
    const inputs = withoutLeftovers(
      name,
      names,
      version < 900 ? withMissingInputs(name, attributes, names, given) : given,
    );
    if (inputs.length !== names.length) {
      throw new GraphError(`it has ${inputs.length} inputs, expected ${names.length}: ${names.join(", ") || "none"}.`, {
        expected: names,
        actual: inputs.length,
      });
    }
    const states = operator.spec.auxiliaryStates(operator.attributes).length;
    for (const [i, entry] of inputs.entries()) {
      if (i < names.length - states || entry.node.op === null) continue;
      throw new GraphError(`auxiliary state "${names[i]}" is "${entry.node.name}", expected a variable.`, {
        actual: entry.node.name,
      });
    }
    if (version < 904) setInputInitializers(operator, inputs);
    return new GraphNode({ op: canonical, name, attributes, inputs, spec: placeholder });
  } catch (error) {
    throw error instanceof MxgraftError ? nodeError(name, op, error) : error;
  }
}

/**
 * MXNet loads a node whose attributes say that it has no use for one of its own parameters (`no_bias` of a node with a
 * bias), then fails on it. Here such parameters are left out; other surplus inputs are refused by the caller.
 */
function withoutLeftovers(name: string, names: readonly string[], given: readonly NodeEntry[]): readonly NodeEntry[] {
  const surplus = given.slice(names.length);
  const own = surplus.every(({ node }) => node.op === null && node.name.startsWith(`${name}_`));
  return own ? given.slice(0, names.length) : given;
}

/** Files before 0.9 list no auxiliary states. */
function withMissingInputs(
  name: string,
  attributes: ReadonlyMap<string, string>,
  names: readonly string[],
  given: readonly NodeEntry[],
): NodeEntry[] {
  const missing = names.slice(given.length).map((input): NodeEntry => {
    const node = new GraphNode({ op: null, name: name === "" ? input : `${name}_${input}`, attributes });
    return { node, index: 0, version: 0 };
  });
  return [...given, ...missing];
}
