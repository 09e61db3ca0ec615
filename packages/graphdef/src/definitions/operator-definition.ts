import { didYouMean, RegistryError } from "@mxgraft/base";
import { type GraphType, nativeDefinitions } from "@mxgraft/operator";
import { GRAPH_TYPE_NUMBERS } from "../proto/messages.ts";
import { TENSORFLOW_OPERATORS } from "./tensorflow-operators.ts";

/** What an attribute of a TensorFlow operator holds. `other`: a tensor or a function, which nothing here gives. */
export type AttributeKind =
  | "int"
  | "float"
  | "bool"
  | "string"
  | "type"
  | "shape"
  | "list(int)"
  | "list(float)"
  | "list(bool)"
  | "list(string)"
  | "list(type)"
  | "list(shape)"
  | "other";

export interface AttributeDefinition {
  readonly kind: AttributeKind;
  /** TensorFlow has a default. */
  readonly optional: boolean;
  /** That of an attribute of kind `type`, which the types of outputs may need. */
  readonly defaultType?: GraphType;
}

/** An argument or output of a TensorFlow operator. */
export interface ArgumentDefinition {
  readonly name: string;
  /** A type, or the attribute that holds it (for `list(type)`: all types). */
  readonly type: { readonly fixed: GraphType } | { readonly attribute: string } | { readonly listAttribute: string };
  /** For a list of values of one type: the attribute that holds how many. */
  readonly countAttribute?: string;
}

/** The signature of a TensorFlow operator. */
export interface OperatorDefinition {
  readonly name: string;
  readonly inputs: readonly ArgumentDefinition[];
  readonly outputs: readonly ArgumentDefinition[];
  readonly attributes: ReadonlyMap<string, AttributeDefinition>;
  /** It has effects, or gives something else each time. */
  readonly stateful: boolean;
}

const KINDS: ReadonlySet<string> = new Set<AttributeKind>([
  "int",
  "float",
  "bool",
  "string",
  "type",
  "shape",
  "list(int)",
  "list(float)",
  "list(bool)",
  "list(string)",
  "list(type)",
  "list(shape)",
  "other",
]);

function isKind(kind: string): kind is AttributeKind {
  return KINDS.has(kind);
}

function isGraphType(name: string): name is GraphType {
  return Object.hasOwn(GRAPH_TYPE_NUMBERS, name);
}

function listed(text: string): string[] {
  return text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

function parsedArgument(text: string): ArgumentDefinition {
  const [name = "", type = ""] = text.split(":").map((part) => part.trim());
  if (type.startsWith("[")) return { name, type: { listAttribute: type.slice(1, -1) } };
  const [element = "", count] = type
    .split("*")
    .map((part) => part.trim())
    .reverse();
  const ofElement = isGraphType(element) ? { fixed: element } : { attribute: element };
  return { name, type: ofElement, ...(count !== undefined && { countAttribute: count }) };
}

function parsedAttribute(text: string): [string, AttributeDefinition] {
  const [declared = "", value] = text.split("=").map((part) => part.trim());
  const [name = "", kind = ""] = declared.split(":").map((part) => part.trim());
  if (!isKind(kind)) {
    throw new RegistryError(
      `Attribute "${name}" of a TensorFlow operator is of kind "${kind}", expected one of ${[...KINDS].join(", ")}.`,
      { argument: name, expected: [...KINDS], actual: kind },
    );
  }
  const optional = name.endsWith("?") || value !== undefined;
  const definition = { kind, optional, ...(value !== undefined && isGraphType(value) && { defaultType: value }) };
  return [name.replace("?", ""), definition];
}

/** The text between the first `open` and the `close` that follows, or nothing. */
function between(text: string, open: string, close: string): string {
  const start = text.indexOf(open);
  return start < 0 ? "" : text.slice(start + 1, text.indexOf(close, start));
}

/** A definition from its line; `NativeDefinitions` of `@mxgraft/operator` says how one is written. */
export function parseOperatorDefinition(line: string): OperatorDefinition {
  const arrow = line.indexOf("->");
  const [head, tail] = [line.slice(0, arrow), line.slice(arrow)];
  return {
    name: head.slice(0, head.indexOf("(")).trim(),
    inputs: listed(between(head, "(", ")")).map(parsedArgument),
    outputs: listed(between(tail, "(", ")")).map(parsedArgument),
    attributes: new Map(listed(between(tail, "{", "}")).map(parsedAttribute)),
    stateful: tail.trimEnd().endsWith("stateful"),
  };
}

const lines = new Map(TENSORFLOW_OPERATORS.map((line) => [line.slice(0, line.indexOf("(")), line]));
const parsed = new Map<string, OperatorDefinition>();

/** The signature of an operator of TensorFlow, or of native code that a plug-in brought. */
export function findOperatorDefinition(name: string): OperatorDefinition | undefined {
  const known = parsed.get(name);
  if (known !== undefined) return known;
  const line = lines.get(name) ?? nativeDefinitions.find(name);
  if (line === undefined) return undefined;
  const definition = parseOperatorDefinition(line);
  parsed.set(name, definition);
  return definition;
}

/**
 * @throws RegistryError  nothing here knows the operator.
 */
export function operatorDefinition(name: string): OperatorDefinition {
  const found = findOperatorDefinition(name);
  if (found !== undefined) return found;
  throw new RegistryError(
    `TensorFlow's operator "${name}" has no definition here.${didYouMean(name, [...lines.keys()])} A plug-in brings those of its native operators in "nativeDefinitions".`,
    { operator: name },
  );
}
