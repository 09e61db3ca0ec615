import { type HostArray, isKnown, type Shape, sizeOf } from "@mxgraft/base";
import { CUSTOM, customOperators } from "@mxgraft/operator";
import {
  type EntryFacts,
  type GraphNode,
  inferGraphShapes,
  type Symbol as MxSymbol,
  type NamedShapes,
  resolveNode,
} from "@mxgraft/symbol";
import { checkParameters, type ParameterCheck } from "./check-parameters.ts";
import { multiplyAdds } from "./multiply-adds.ts";
import { type UnsupportedNode, unsupportedNodes } from "./unsupported-nodes.ts";
import { type VariableRole, variableRoles } from "./variable-roles.ts";

export interface InspectModelOptions {
  /** Shapes of inputs, by name; without them shows what is known all the same. */
  readonly shapes?: NamedShapes;
  /** The arrays of the model, by name, to be compared with what the graph needs. */
  readonly parameters?: ReadonlyMap<string, HostArray>;
  /** The backend that is to run the model; it need not be there. */
  readonly backend: string;
}

/** A node of a model that computes. */
export interface Layer {
  readonly node: string;
  readonly operator: string;
  /** Of a `Custom` node. */
  readonly opType?: string;
  /** Of each output that others can use; sizes of 0, or `null`, are not known. */
  readonly shapes: readonly (Shape | null)[];
  /** Numbers that are learned or remembered and that no layer before has; `null` when not known. */
  readonly parameters: number | null;
  /** Of one forward for the whole batch; `null` when not known. */
  readonly multiplyAdds: number | null;
}

/** What is in a model. */
export interface ModelReport {
  readonly backend: string;
  readonly layers: readonly Layer[];
  /** Sums of the layers; `null` when one is not known. */
  readonly parameters: number | null;
  readonly multiplyAdds: number | null;
  /** Operators with their number of nodes, most first. */
  readonly operators: readonly { readonly operator: string; readonly nodes: number }[];
  /** What has to be given for a forward. Labels need not be. */
  readonly inputs: readonly { readonly name: string; readonly role: VariableRole; readonly shape: Shape | null }[];
  readonly outputs: readonly { readonly name: string; readonly shape: Shape | null }[];
  /** The custom operators it needs, and who registered them. */
  readonly customOperators: readonly {
    readonly opType: string;
    readonly nodes: readonly string[];
    /** `null` when nobody did. */
    readonly registeredBy: string | null;
  }[];
  readonly unsupported: readonly UnsupportedNode[];
  /** Absent when no parameters were given. */
  readonly parameterCheck?: ParameterCheck;
}

/**
 * Looks at a model without running it: layers, shapes, sizes, and whatever stands in the way of running it.
 *
 * @throws ShapeError  the shapes contradict each other, naming the node.
 * @throws UsageError  a shape was given for what is no input of the graph.
 */
export function inspectModel(symbol: MxSymbol, options: InspectModelOptions): ModelReport {
  const { shapes: given = {}, parameters, backend } = options;
  const nodes = symbol.nodes();
  const roles = variableRoles(symbol);
  const variables = new Map(nodes.flatMap((node) => (node.op === null ? [[node.name, node] as const] : [])));
  const fromInputs = inferGraphShapes(symbol, given);
  const shapeIn = (facts: EntryFacts<Shape>, name: string) => {
    const node = variables.get(name);
    return node && facts.get({ node, index: 0 });
  };
  const check = parameters && checkParameters(roles, (name) => shapeIn(fromInputs, name), parameters);
  const shapes =
    parameters && check?.wrongShape.length === 0
      ? inferGraphShapes(symbol, { ...shapesOf(parameters, variables), ...given })
      : fromInputs;
  const learned = (name: string) => {
    const role = roles.get(name);
    return role === "parameter" || role === "state" || parameters?.has(name);
  };
  const counted = new Set<string>();
  const layers = nodes
    .filter((node) => node.op !== null)
    .map((node): Layer => {
      const own = node.inputs.flatMap(({ node: input }) => {
        if (input.op !== null || !learned(input.name) || counted.has(input.name)) return [];
        counted.add(input.name);
        return [shapes.get({ node: input, index: 0 }) ?? parameters?.get(input.name)?.shape];
      });
      return {
        ...operatorOf(node),
        shapes: visibleShapes(node, shapes),
        parameters: total(own.map((shape) => (isKnown(shape) ? sizeOf(shape) : null))),
        multiplyAdds: multiplyAdds(node, shapes) ?? null,
      };
    });
  return {
    backend,
    layers,
    parameters: total(layers.map((layer) => layer.parameters)),
    multiplyAdds: total(layers.map((layer) => layer.multiplyAdds)),
    operators: countOperators(layers),
    inputs: [...roles]
      .filter(([name]) => !learned(name))
      .map(([name, role]) => ({ name, role, shape: shapeIn(shapes, name) ?? null })),
    outputs: symbol.listOutputs().map((name, i) => {
      const entry = symbol.entries[i];
      return { name, shape: (entry && shapes.get(entry)) ?? null };
    }),
    customOperators: customOperatorsOf(layers),
    unsupported: unsupportedNodes(symbol, backend),
    ...(check === undefined ? {} : { parameterCheck: check }),
  };
}

function operatorOf({ name, op, attributes }: GraphNode): Pick<Layer, "node" | "operator" | "opType"> {
  const opType = op === CUSTOM ? attributes.get("op_type") : undefined;
  return { node: name, operator: op ?? "", ...(opType === undefined ? {} : { opType }) };
}

function visibleShapes(node: GraphNode, shapes: EntryFacts<Shape>): (Shape | null)[] {
  const { spec, attributes } = resolveNode(node);
  return Array.from({ length: spec.visibleOutputs(attributes) }, (_, index) => shapes.get({ node, index }) ?? null);
}

function shapesOf(arrays: ReadonlyMap<string, HostArray>, variables: ReadonlyMap<string, GraphNode>): NamedShapes {
  return Object.fromEntries([...arrays].flatMap(([name, { shape }]) => (variables.has(name) ? [[name, shape]] : [])));
}

function total(numbers: readonly (number | null)[]): number | null {
  return numbers.reduce((sum, one) => (sum === null || one === null ? null : sum + one), 0);
}

function countOperators(layers: readonly Layer[]): ModelReport["operators"] {
  const counts = new Map<string, number>();
  for (const { operator } of layers) counts.set(operator, (counts.get(operator) ?? 0) + 1);
  return [...counts]
    .map(([operator, nodes]) => ({ operator, nodes }))
    .sort((a, b) => b.nodes - a.nodes || (a.operator < b.operator ? -1 : 1));
}

function customOperatorsOf(layers: readonly Layer[]): ModelReport["customOperators"] {
  const nodes = new Map<string, string[]>();
  for (const { node, opType } of layers) {
    if (opType !== undefined) nodes.set(opType, [...(nodes.get(opType) ?? []), node]);
  }
  return [...nodes].map(([opType, names]) => ({
    opType,
    nodes: names,
    registeredBy: customOperators.find(opType) ? (customOperators.originOf(opType) ?? "this program") : null,
  }));
}
