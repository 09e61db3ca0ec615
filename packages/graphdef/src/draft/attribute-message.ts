import { GraphError, type Shape } from "@mxgraft/base";
import type { GraphAttribute, GraphType } from "@mxgraft/operator";
import type { AttributeKind } from "../definitions/operator-definition.ts";
import { type AttributeMessage, GRAPH_TYPE_NUMBERS, type ShapeMessage } from "../proto/messages.ts";

const utf8 = new TextEncoder();

/** A shape; sizes that are not known are -1. */
export function shapeMessage(shape: Shape): ShapeMessage {
  return { dim: shape.map((size) => ({ size })) };
}

export function typeMessage(type: GraphType): AttributeMessage {
  return { type: GRAPH_TYPE_NUMBERS[type] };
}

function isTyped(value: GraphAttribute): value is { readonly type: GraphType } {
  return typeof value === "object" && "type" in value;
}

function isShaped(value: GraphAttribute): value is { readonly shape: Shape } {
  return typeof value === "object" && "shape" in value;
}

function hasTypes(value: GraphAttribute): value is { readonly types: readonly GraphType[] } {
  return typeof value === "object" && "types" in value;
}

function isList(value: GraphAttribute): value is readonly number[] | readonly string[] {
  return Array.isArray(value);
}

function numbers(value: GraphAttribute): number[] | undefined {
  if (typeof value === "number") return [value];
  if (!isList(value)) return undefined;
  const all: number[] = [];
  for (const one of value) {
    if (typeof one !== "number") return undefined;
    all.push(one);
  }
  return all;
}

function messageOf(kind: AttributeKind, value: GraphAttribute): AttributeMessage | undefined {
  const list = numbers(value);
  switch (kind) {
    case "int":
      return typeof value === "number" && Number.isInteger(value) ? { i: value } : undefined;
    case "float":
      return typeof value === "number" ? { f: value } : undefined;
    case "bool":
      return typeof value === "boolean" ? { b: value } : undefined;
    case "string":
      return typeof value === "string" ? { s: utf8.encode(value) } : undefined;
    case "type":
      return isTyped(value) ? typeMessage(value.type) : undefined;
    case "shape":
      return isShaped(value) ? { shape: shapeMessage(value.shape) } : undefined;
    case "list(int)":
      return list?.every(Number.isInteger) ? { list: { i: list } } : undefined;
    case "list(float)":
      return list ? { list: { f: list } } : undefined;
    case "list(string)":
      return isList(value) && list === undefined
        ? { list: { s: value.map((one) => utf8.encode(String(one))) } }
        : undefined;
    case "list(type)":
      return hasTypes(value) ? { list: { type: value.types.map((type) => GRAPH_TYPE_NUMBERS[type]) } } : undefined;
    default:
      return undefined;
  }
}

/**
 * An attribute as the kind that the operator's definition says.
 *
 * @throws GraphError  the value is of another kind.
 */
export function attributeMessage(
  operator: string,
  name: string,
  kind: AttributeKind,
  value: GraphAttribute,
): AttributeMessage {
  const message = messageOf(kind, value);
  if (message !== undefined) return message;
  throw new GraphError(
    `TensorFlow's operator "${operator}": attribute "${name}" is ${JSON.stringify(value)}, expected ${kind}.`,
    { operator, argument: name, expected: kind, actual: value },
  );
}
