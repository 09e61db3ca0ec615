import { formatShape } from "@mxgraft/base";
import type { GraphPicture, NodeKind, PictureEdge, PictureNode } from "@mxgraft/plot";
import { type GraphNode, isHidden, type Symbol as MxSymbol } from "@mxgraft/symbol";
import type { Layer, ModelReport } from "./inspect-model.ts";
import { nodeKind } from "./node-kind.ts";
import { variableRoles } from "./variable-roles.ts";

/** Said in the title: "Activation relu". */
const TITLE_ATTRIBUTES = ["op_type", "act_type", "pool_type", "mode", "scalar"];
/** What does not change the result, or is nearly always the same. */
const DULL_ATTRIBUTES = ["workspace", "cudnn_tune", "cudnn_off", "layout", "no_bias", "num_args", "pooling_convention"];
/** Not worth a line when all their numbers are these. */
const USUAL: Readonly<Record<string, string>> = { pad: "0", stride: "1", dilate: "1", num_group: "1" };
/** Kinds that are read as a part of the layer before them. */
const FOLLOWING: readonly NodeKind[] = ["activation", "normalization", "loss"];
const FOLLOWING_OPERATORS = ["Flatten", "_copy", "BlockGrad", "MakeLoss", "Reshape"];
const MOST_ATTRIBUTES = 8;

/**
 * A model as a drawing shows it: a node for each operator, input and output; parameters are counted in the nodes that
 * have them. What cannot be run is marked.
 *
 *   drawGraph(pictureModel(symbol, inspectModel(symbol, { backend: "wasm" })), { title: "LeNet" })
 */
export function pictureModel(symbol: MxSymbol, report: ModelReport): GraphPicture {
  const nodes: PictureNode[] = [];
  const edges: PictureEdge[] = [];
  const ids = new Map<GraphNode, string>();
  const taken = new Set<string>();
  const freeId = (name: string) => {
    let id = name;
    for (let i = 1; taken.has(id); i++) id = `${name}#${i}`;
    taken.add(id);
    return id;
  };
  const inputs = new Map(report.inputs.map((input) => [input.name, input]));
  const roles = variableRoles(symbol);
  const gaps = new Set(report.unsupported.map(({ node }) => node));
  const layers = [...report.layers];
  for (const node of symbol.nodes()) {
    if (node.op === null) {
      const input = inputs.get(node.name);
      if (input === undefined || roles.get(node.name) === "state") continue;
      const id = freeId(node.name);
      ids.set(node, id);
      const lines = input.shape ? [formatShape(input.shape)] : [];
      nodes.push({ id, title: node.name, lines: [input.role, ...lines], kind: "input" });
      continue;
    }
    const layer = layers.shift();
    const id = freeId(node.name);
    ids.set(node, id);
    nodes.push({ id, ...computing(node, layer), warning: gaps.has(node.name) });
    for (const { node: from } of node.inputs) {
      const source = ids.get(from);
      if (source !== undefined) edges.push({ from: source, to: id });
    }
  }
  for (const [i, { node }] of symbol.entries.entries()) {
    const from = ids.get(node);
    if (from === undefined) continue;
    const { name = "output", shape = null } = report.outputs[i] ?? {};
    const id = freeId(name);
    nodes.push({ id, title: name, lines: ["output", ...(shape ? [formatShape(shape)] : [])], kind: "output" });
    edges.push({ from, to: id });
  }
  return { nodes, edges };
}

function keepsShape(kind: NodeKind): boolean {
  return kind === "activation" || kind === "normalization";
}

function isUsual(key: string, value: string): boolean {
  const usual = Object.hasOwn(USUAL, key) ? USUAL[key] : undefined;
  return usual !== undefined && [...value].every((one) => one === usual || "(), ".includes(one));
}

function computing(node: GraphNode, layer: Layer | undefined): Omit<PictureNode, "id"> {
  const kind = nodeKind(node);
  const words = TITLE_ATTRIBUTES.flatMap((key) => node.attributes.get(key) ?? []);
  const attributes = [...node.attributes]
    .filter(([key]) => !isHidden(key) && !TITLE_ATTRIBUTES.includes(key) && !DULL_ATTRIBUTES.includes(key))
    .filter(([key, value]) => value !== "None" && !isUsual(key, value))
    .slice(0, MOST_ATTRIBUTES)
    .map(([key, value]) => `${key} ${value}`);
  const shapes = layer?.shapes.flatMap((shape) => (shape === null ? [] : [formatShape(shape)])) ?? [];
  const parameters = layer?.parameters ? [`${layer.parameters.toLocaleString("en-US")} parameters`] : [];
  const follows = FOLLOWING.includes(kind) || FOLLOWING_OPERATORS.includes(node.op ?? "");
  return {
    title: [node.op ?? "", ...words].join(" "),
    name: node.name,
    lines: [
      ...(kind === "normalization" ? [] : attributes),
      ...parameters,
      ...(keepsShape(kind) ? [] : shapes.map((shape) => `\u2192 ${shape}`)),
    ],
    kind,
    follows,
  };
}
