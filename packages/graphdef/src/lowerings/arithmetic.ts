import type { GraphBuilder, GraphType, GraphValue } from "@mxgraft/operator";

/** A value, or a number that takes the type of what it meets. */
export type Operand = GraphValue | number;

function pair(graph: GraphBuilder, a: Operand, b: Operand): [GraphValue, GraphValue] {
  const type = commonType(a, b);
  const value = (x: Operand) => (typeof x === "number" ? graph.constant(x, type) : cast(graph, x, type));
  return [value(a), value(b)];
}

/** The type in which two operands meet, as tfjs's operations have it. */
function commonType(a: Operand, b: Operand): GraphType {
  if (typeof a === "number") return typeof b === "number" ? "float32" : b.type;
  if (typeof b === "number" || a.type === b.type) return a.type;
  return a.type === "float32" || b.type === "float32" ? "float32" : "int32";
}

/** TensorFlow's operator of two values, which are spread to a common shape. */
export function binary(graph: GraphBuilder, operator: string, a: Operand, b: Operand): GraphValue {
  return graph.one(operator, pair(graph, a, b));
}

export function add(graph: GraphBuilder, a: Operand, b: Operand): GraphValue {
  return binary(graph, "AddV2", a, b);
}

export function sub(graph: GraphBuilder, a: Operand, b: Operand): GraphValue {
  return binary(graph, "Sub", a, b);
}

/** a * b; the other one where one is the number 1. */
export function mul(graph: GraphBuilder, a: Operand, b: Operand): GraphValue {
  if (a === 1 && typeof b !== "number") return b;
  if (b === 1 && typeof a !== "number") return a;
  return binary(graph, "Mul", a, b);
}

export function div(graph: GraphBuilder, a: Operand, b: Operand): GraphValue {
  return binary(graph, "RealDiv", a, b);
}

/** TensorFlow's operator of one value. */
export function unary(graph: GraphBuilder, operator: string, x: GraphValue): GraphValue {
  return graph.one(operator, [x]);
}

export function cast(graph: GraphBuilder, x: GraphValue, type: GraphType): GraphValue {
  return x.type === type ? x : graph.one("Cast", [x], { DstT: { type } });
}
