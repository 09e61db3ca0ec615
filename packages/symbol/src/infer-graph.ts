import {
  type DType,
  DTypeError,
  didYouMean,
  dtypeOfFlag,
  formatShape,
  invariant,
  isKnown,
  mergeShapes,
  type Shape,
  ShapeError,
  UsageError,
} from "@mxgraft/base";
import { atNode, tuple } from "@mxgraft/operator";
import type { EntryRef, GraphNode } from "./graph-node.ts";
import { nodesOf } from "./nodes-of.ts";
import { outputNames } from "./output-names.ts";
import { type FactKind, Propagation } from "./propagate.ts";

type Graph = { readonly entries: readonly EntryRef[] };

/** Shapes by the name of a variable; an empty shape says nothing, as in MXNet. */
export type NamedShapes = Readonly<Record<string, Shape>>;

/** Data types by the name of a variable. */
export type NamedTypes = Readonly<Record<string, DType>>;

/** What is known of every entry of a graph, hidden outputs too. */
export interface EntryFacts<T> {
  /** `undefined` for what is not known; shapes may have sizes of 0, which are not known. */
  get(entry: EntryRef): T | undefined;
}

/** Shape and data type of every entry of a graph, all known. */
export interface GraphInference {
  shapeOf(entry: EntryRef): Shape;
  dtypeOf(entry: EntryRef): DType;
}

const SHAPES: FactKind<Shape> = {
  infer: ({ spec, attributes }, known) => spec.inferShape(attributes, known),
  merge: (known, inferred) => mergeShapes(known, inferred?.length === 0 ? undefined : inferred),
  same: (a, b) => a === b || (a?.length === b?.length && (a?.every((size, i) => size === b?.[i]) ?? false)),
  contradiction: (subject, known, inferred) =>
    new ShapeError(`${subject} has shape ${formatShape(known)}, expected ${formatShape(inferred)}.`, {
      ...argumentOf(subject),
      expected: inferred,
      actual: known,
    }),
};

const TYPES: FactKind<DType> = {
  infer: ({ spec, attributes }, known) => spec.inferType(attributes, known),
  merge: (known, inferred) =>
    known !== undefined && inferred !== undefined && known !== inferred ? null : (known ?? inferred),
  same: (a, b) => a === b,
  contradiction: (subject, known, inferred) =>
    new DTypeError(`${subject} has data type ${known}, expected ${inferred}.`, {
      ...argumentOf(subject),
      expected: inferred,
      actual: known,
    }),
};

function argumentOf(subject: string): { argument?: string } {
  const name = subject.split('"')[1];
  return name === undefined ? {} : { argument: name };
}

/**
 * Everything that follows from the shapes of some variables.
 *
 * @throws ShapeError  shapes contradict each other; the message names node and argument.
 * @throws UsageError  a name is no variable of the graph.
 */
export function inferGraphShapes(graph: Graph, known: NamedShapes): EntryFacts<Shape> {
  const nodes = nodesOf(graph);
  const shapes = new Propagation(nodes, SHAPES);
  const given = givenTo(nodes, known, "shape");
  for (const node of nodes) {
    if (node.op !== null) continue;
    const shape = given.get(node.name) ?? declaredShape(node);
    if (shape !== undefined && shape.length > 0) shapes.set({ node, index: 0 }, shape);
  }
  shapes.run();
  return shapes;
}

/**
 * Everything that follows from the data types of some variables.
 *
 * @param otherwise  the type of variables of which nothing is known in the end; by default they stay unknown.
 * @throws DTypeError  types contradict each other; the message names node and argument.
 * @throws UsageError  a name is no variable of the graph.
 */
export function inferGraphTypes(graph: Graph, known: NamedTypes, otherwise?: DType): EntryFacts<DType> {
  const nodes = nodesOf(graph);
  const types = new Propagation(nodes, TYPES);
  const given = givenTo(nodes, known, "data type");
  for (const node of nodes) {
    if (node.op !== null) continue;
    const type = given.get(node.name) ?? declaredType(node);
    if (type !== undefined) types.set({ node, index: 0 }, type);
  }
  types.run();
  if (otherwise === undefined) return types;
  for (const node of nodes) {
    for (const index of outputNames(node).keys()) {
      if (types.get({ node, index }) !== undefined) continue;
      types.set({ node, index }, otherwise);
      types.run();
    }
  }
  return types;
}

/**
 * Shape and data type of every entry, for binding. Types that nothing determines are float32.
 *
 * @throws ShapeError  shapes contradict each other or stay unknown.
 * @throws DTypeError  types contradict each other.
 * @throws UsageError  a name is no variable of the graph.
 */
export function inferGraph(
  graph: Graph,
  known: { readonly shapes: NamedShapes; readonly types?: NamedTypes },
): GraphInference {
  const shapes = inferGraphShapes(graph, known.shapes);
  checkAllKnown(graph, shapes);
  const types = inferGraphTypes(graph, known.types ?? {}, "float32");
  return {
    shapeOf(entry) {
      const shape = shapes.get(entry);
      invariant(shape, `the shape of output ${entry.index} of "${entry.node.name}" was not inferred`);
      return shape;
    },
    dtypeOf(entry) {
      const type = types.get(entry);
      invariant(type, `the type of output ${entry.index} of "${entry.node.name}" was not inferred`);
      return type;
    },
  };
}

/** @throws ShapeError  naming the entries whose shapes are not known, variables first. */
export function checkAllKnown(graph: Graph, shapes: EntryFacts<Shape>): void {
  const unknown: { name: string; shape: Shape | undefined; variable: boolean }[] = [];
  let count = 0;
  for (const node of nodesOf(graph)) {
    for (const [index, name] of outputNames(node).entries()) {
      count++;
      const shape = shapes.get({ node, index });
      if (!isKnown(shape)) unknown.push({ name, shape, variable: node.op === null });
    }
  }
  if (unknown.length === 0) return;
  // Variables first: outputs follow from them.
  unknown.sort((a, b) => Number(b.variable) - Number(a.variable));
  const list = unknown.slice(0, 10).map(({ name, shape }) => `${name} ${formatShape(shape)}`);
  if (unknown.length > 10) list.push(`and ${unknown.length - 10} more`);
  const first = unknown.find((entry) => entry.variable);
  const advice = first ? ` Give inferShape() the shape of "${first.name}".` : "";
  throw new ShapeError(`Shapes of ${unknown.length} of ${count} entries stay unknown: ${list.join(", ")}.${advice}`, {
    ...(first ? { argument: first.name } : {}),
    expected: count,
    actual: count - unknown.length,
  });
}

function givenTo<T>(nodes: readonly GraphNode[], known: Readonly<Record<string, T>>, what: string): Map<string, T> {
  const given = new Map(Object.entries(known));
  const names = new Set<string>();
  for (const node of nodes) if (node.op === null) names.add(node.name);
  const wrong = [...given.keys()].filter((name) => !names.has(name));
  const [first] = wrong;
  if (first !== undefined) {
    const list = [...names].slice(0, 20).map((name) => `"${name}"`);
    throw new UsageError(
      wrong
        .map((name) => {
          const near =
            didYouMean(name, names) || ` Its inputs are ${list.join(", ")}${names.size > 20 ? ", ..." : ""}.`;
          return `A ${what} was given for "${name}", which is no input of the graph.${near}`;
        })
        .join("\n"),
      { argument: first, expected: [...names] },
    );
  }
  return given;
}

/** The `__shape__` of a variable; negative sizes, as NumPy-style graphs write them, are unknown. */
function declaredShape(node: GraphNode): Shape | undefined {
  const text = node.attributes.get("__shape__");
  if (text === undefined || text === "None") return undefined;
  const shape = tuple.parse(text);
  if (shape !== undefined) return shape.map((size) => Math.max(size, 0));
  throw new ShapeError(`${node.name}: attribute "__shape__" is "${text}", expected ${tuple.expected}.`, {
    node: node.name,
    argument: "__shape__",
    actual: text,
  });
}

/** The `__dtype__` of a variable, a type flag; -1 says nothing. */
function declaredType(node: GraphNode): DType | undefined {
  const text = node.attributes.get("__dtype__");
  if (text === undefined || text === "-1" || text === "None") return undefined;
  return atNode(node.name, "variable", () => dtypeOfFlag(Number(text)));
}
