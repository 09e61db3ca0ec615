import { GraphError, invariant } from "@mxgraft/base";
import { jsonFault } from "./json-fault.ts";
import { noJsonError } from "./no-json-error.ts";

/** An input or head as a file writes it: node, output, version of the variable. */
export interface EntryRecord {
  readonly node: number;
  readonly index: number;
  readonly version: number;
}

/** A node as a file writes it, with the attribute dictionaries of all ages in one. */
export interface NodeRecord {
  /** `null` for a variable. */
  readonly op: string | null;
  readonly name: string;
  readonly attributes: Map<string, string>;
  readonly inputs: readonly EntryRecord[];
}

/** A graph as a file writes it: every input refers to a node before its own. */
export interface GraphRecord {
  readonly nodes: readonly NodeRecord[];
  readonly heads: readonly EntryRecord[];
  /** MXNet's version, major * 10000 + minor * 100 + patch. */
  readonly version: number;
}

/** Files without a version are of 0.8 or before. */
const UNVERSIONED = 800;

/** Byte order mark. */
const MARK = "\uFEFF";

/** A graph nests five levels; some more may come in keys we do not read. */
const DEEPEST = 64;

type Json = { readonly [key: string]: unknown };

/**
 * The text of a `symbol.json`, checked for everything that can be checked without knowing the operators.
 *
 * @throws GraphError  naming the node and the field.
 */
export function readGraphRecord(text: string): GraphRecord {
  const graph = object(parse(text), "The graph");
  const rawNodes = list(field(graph, "nodes", "The graph"), 'Field "nodes"');
  const nodes = rawNodes.map((raw, id) => nodeRecord(raw, id));
  const rawHeads = list(field(graph, "heads", "The graph"), 'Field "heads"');
  if (rawHeads.length === 0) throw new GraphError('Field "heads" is empty, expected at least one output.');
  const heads = rawHeads.map((raw, i) => entryRecord(raw, `Head ${i}`, nodes.length));
  for (const [i, id] of list(optional(graph, "arg_nodes") ?? [], 'Field "arg_nodes"').entries()) {
    const subject = `Field "arg_nodes", entry ${i},`;
    if (wholeNumber(id, subject) >= nodes.length) throw outOfRange(subject, Number(id), nodes.length);
  }
  return { nodes, heads, version: versionOf(graph) };
}

function parse(text: string): unknown {
  checkDepth(text);
  // A byte order mark is no JSON, but editors put it there.
  const json = text.startsWith(MARK) ? text.slice(MARK.length) : text;
  try {
    return JSON.parse(json);
  } catch (cause) {
    const fault = jsonFault(json);
    invariant(fault, "a text that cannot be parsed has no fault");
    throw noJsonError(text, { ...fault, at: fault.at + text.length - json.length }, cause);
  }
}

/** Parsers recurse on nested brackets; a file must not be able to exhaust the stack. */
function checkDepth(text: string): void {
  let depth = 0;
  let inText = false;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (inText) {
      if (char === "\\") at++;
      else if (char === '"') inText = false;
    } else if (char === '"') {
      inText = true;
    } else if (char === "[" || char === "{") {
      depth++;
      if (depth > DEEPEST) {
        throw new GraphError(`The graph nests more than ${DEEPEST} brackets at character ${at}.`, {
          expected: DEEPEST,
          byte: at,
        });
      }
    } else if (char === "]" || char === "}") {
      depth--;
    }
  }
}

function nodeRecord(raw: unknown, id: number): NodeRecord {
  const node = object(raw, `Node ${id}`);
  const name = string(field(node, "name", `Node ${id}`), `Node ${id}: field "name"`);
  const subject = `Node ${id} "${name}"`;
  try {
    const op = string(field(node, "op", subject), `${subject}: field "op"`);
    const attributes = new Map<string, string>();
    // 0.8 wrote param and attr, 0.9 to 0.12 attr, later versions attrs.
    for (const key of ["param", "attr", "attrs"]) {
      const dictionary = optional(node, key);
      if (dictionary === undefined) continue;
      for (const [attribute, value] of Object.entries(object(dictionary, `${subject}: field "${key}"`))) {
        attributes.set(attribute, string(value, `${subject}: attribute "${attribute}"`));
      }
    }
    for (const key of ["control_deps", "subgraphs"]) {
      if (list(optional(node, key) ?? [], `${subject}: field "${key}"`).length === 0) continue;
      throw new GraphError(`${subject}: field "${key}" is not empty; graphs with ${key} are not supported.`);
    }
    const inputs = list(field(node, "inputs", subject), `${subject}: field "inputs"`).map((entry, i) => {
      const input = entryRecord(entry, `${subject}: input ${i}`, Number.POSITIVE_INFINITY);
      if (input.node < id) return input;
      const what = input.node === id ? "the node itself" : `node ${input.node}, which is not before it`;
      throw new GraphError(`${subject}: input ${i} refers to ${what}; expected one of the ${id} nodes before it.`, {
        expected: id,
        actual: input.node,
      });
    });
    if (op === "null" && inputs.length > 0) {
      throw new GraphError(`${subject}: a variable has ${inputs.length} inputs, expected none.`);
    }
    return { op: op === "null" ? null : op, name, attributes, inputs };
  } catch (error) {
    if (!(error instanceof GraphError)) throw error;
    throw new GraphError(error.message, { ...error.facts, node: name }, { cause: error });
  }
}

/** `[node, output]` or `[node, output, version]`. */
function entryRecord(raw: unknown, subject: string, nodes: number): EntryRecord {
  const numbers = list(raw, subject).map((value) => wholeNumber(value, subject));
  const [node, index, version = 0] = numbers;
  if (node === undefined || index === undefined || numbers.length > 3) {
    throw new GraphError(`${subject} has ${numbers.length} numbers, expected 2 or 3: node, output, version.`, {
      expected: 3,
      actual: numbers.length,
    });
  }
  if (node >= nodes) throw outOfRange(subject, node, nodes);
  return { node, index, version };
}

function outOfRange(subject: string, id: number, nodes: number): GraphError {
  return new GraphError(`${subject} refers to node ${id}; there are ${nodes}.`, { expected: nodes, actual: id });
}

function versionOf(graph: Json): number {
  const attributes = optional(graph, "attrs");
  if (attributes === undefined) return UNVERSIONED;
  const version = optional(object(attributes, 'Field "attrs"'), "mxnet_version");
  if (version === undefined) return UNVERSIONED;
  return wholeNumber(Array.isArray(version) ? version[1] : version, 'Attribute "mxnet_version"');
}

function field(record: Json, key: string, subject: string): unknown {
  const value = optional(record, key);
  if (value === undefined) throw new GraphError(`${subject} has no field "${key}".`, { argument: key });
  return value;
}

/** Only what the record itself has: "constructor" and the like are no fields. */
function optional(record: Json, key: string): unknown {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

function object(value: unknown, subject: string): Json {
  if (isObject(value)) return value;
  throw wrongKind(subject, value, "an object");
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function list(value: unknown, subject: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw wrongKind(subject, value, "a list");
}

function string(value: unknown, subject: string): string {
  if (typeof value === "string") return value;
  throw wrongKind(subject, value, "text");
}

function wholeNumber(value: unknown, subject: string): number {
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return value;
  throw wrongKind(subject, value, "a whole number");
}

function wrongKind(subject: string, value: unknown, expected: string): GraphError {
  const found = Array.isArray(value)
    ? "a list"
    : isObject(value)
      ? "an object"
      : String(JSON.stringify(value)).slice(0, 40);
  return new GraphError(`${subject} is ${found}, expected ${expected}.`, { expected, actual: value });
}
