import { invariant } from "@mxgraft/base";
import type { GraphAttribute, GraphType } from "@mxgraft/operator";
import type { AttributeDefinition, OperatorDefinition } from "../definitions/operator-definition.ts";
import { GRAPH_TYPE_NUMBERS } from "../proto/messages.ts";

/** An attribute in tfjs-node's form: `TFEOpAttr`. */
export interface EagerAttribute {
  readonly name: string;
  /** `TF_ATTR_...`; the operator's definition says it, too. */
  readonly type: number;
  readonly value: unknown;
}

/** The type with a number of TensorFlow's. */
export function graphTypeOfNumber(number: number): GraphType {
  const types: readonly [string, number][] = Object.entries(GRAPH_TYPE_NUMBERS);
  const found = types.find(([, one]) => one === number)?.[0];
  invariant(found !== undefined && isGraphType(found), `TensorFlow's data type ${number} is not known`);
  return found;
}

function isGraphType(name: string): name is GraphType {
  return Object.hasOwn(GRAPH_TYPE_NUMBERS, name);
}

function graphAttribute({ kind }: AttributeDefinition, value: unknown): GraphAttribute | undefined {
  switch (kind) {
    case "type":
      return { type: graphTypeOfNumber(Number(value)) };
    case "shape":
      return Array.isArray(value) ? { shape: value.map(Number) } : undefined;
    case "list(type)":
      return Array.isArray(value) ? { types: value.map((one) => graphTypeOfNumber(Number(one))) } : undefined;
    case "list(int)":
    case "list(float)":
      return Array.isArray(value) ? value.map(Number) : [Number(value)];
    case "int":
      // The eager runtime cuts; tfjs's multinomial gives a seed with a fraction.
      return Math.trunc(Number(value));
    case "float":
      return Number(value);
    case "bool":
      return Boolean(value);
    case "string":
      return String(value);
    default:
      return undefined;
  }
}

/** Attributes of a call of the eager runtime as those of a node. The eager runtime passes over what an operator lacks. */
export function graphAttributes(
  definition: OperatorDefinition,
  attributes: readonly EagerAttribute[],
): Record<string, GraphAttribute> {
  const given: Record<string, GraphAttribute> = {};
  for (const { name, value } of attributes) {
    const attribute = definition.attributes.get(name);
    const meant = attribute && graphAttribute(attribute, value);
    if (meant !== undefined) given[name] = meant;
  }
  return given;
}
