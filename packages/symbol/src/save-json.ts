import { invariant } from "@mxgraft/base";
import type { GraphNode, NodeEntry } from "./graph-node.ts";
import { nodesOf } from "./nodes-of.ts";
import { outputNames } from "./output-names.ts";

/** Version that files say they are written by: major * 10000 + minor * 100 + patch. */
export const MXNET_VERSION = 10901;

/**
 * A graph as MXNet 1.9.1 writes it, byte for byte: attributes sorted by name, lists of numbers on one line up to ten
 * elements, a blank after each comma that ends a line.
 */
export function saveJson(heads: readonly NodeEntry[]): string {
  const nodes = nodesOf({ entries: heads });
  const ids = new Map<GraphNode, number>(nodes.map((node, id) => [node, id]));
  const entryText = ({ node, index, version }: NodeEntry) => {
    const id = ids.get(node);
    invariant(id !== undefined, `node "${node.name}" is not in the graph`);
    return `[${id}, ${index}, ${version}]`;
  };
  const variables: string[] = [];
  const rowPointers = ["0"];
  let rows = 0;
  for (const [id, node] of nodes.entries()) {
    if (node.op === null) variables.push(String(id));
    rows += outputNames(node).length;
    rowPointers.push(String(rows));
  }
  const nodeTexts = nodes.map((node) => {
    const fields: [string, string][] = [
      ["op", quote(node.op ?? "null")],
      ["name", quote(node.name)],
    ];
    if (node.attributes.size > 0) fields.push(["attrs", attributesText(node.attributes, "      ")]);
    fields.push(["inputs", list(node.inputs.map(entryText), "      ")]);
    return `    ${object(fields, "    ")}`;
  });
  return object(
    [
      ["nodes", `[\n${nodeTexts.join(", \n")}\n  ]`],
      ["arg_nodes", list(variables, "  ")],
      ["node_row_ptr", list(rowPointers, "  ")],
      ["heads", list(heads.map(entryText), "  ")],
      ["attrs", `{"mxnet_version": ["int", ${MXNET_VERSION}]}`],
    ],
    "",
  );
}

function object(fields: readonly (readonly [string, string])[], indent: string): string {
  return `{\n${fields.map(([key, value]) => `${indent}  ${quote(key)}: ${value}`).join(", \n")}\n${indent}}`;
}

function attributesText(attributes: ReadonlyMap<string, string>, indent: string): string {
  const sorted = [...attributes]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => [key, quote(value)] as const);
  const [only] = sorted;
  if (only && sorted.length === 1) return `{${quote(only[0])}: ${only[1]}}`;
  return object(sorted, indent);
}

function list(items: readonly string[], indent: string): string {
  if (items.length <= 10) return `[${items.join(", ")}]`;
  return `[\n${items.map((item) => `${indent}  ${item}`).join(", \n")}\n${indent}]`;
}

/** As JSON does; MXNet's writer leaves all but quotes, backslashes and line ends as they are. */
function quote(text: string): string {
  return JSON.stringify(text);
}
