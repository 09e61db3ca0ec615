import { type DType, isDType } from "@mxgraft/base";

/** A kind of attribute value: how MXNet writes it as a string, and what it becomes. */
export interface AttributeType<T> {
  /** What is expected, for messages: `a tuple of integers such as "(2, 2)"`. */
  readonly expected: string;
  /** @returns the value, or `undefined` when the text is none. */
  parse(text: string): T | undefined;
}

const DIGITS = "0123456789";

function parseInteger(text: string): number | undefined {
  let body = text.trim();
  // Python 2 wrote long integers as "3L".
  if (body.endsWith("L")) body = body.slice(0, -1);
  const digits = body.startsWith("-") || body.startsWith("+") ? body.slice(1) : body;
  if (digits === "" || [...digits].some((char) => !DIGITS.includes(char))) return undefined;
  const value = Number(body);
  return Number.isSafeInteger(value) ? value : undefined;
}

function parseReal(text: string): number | undefined {
  const body = text.trim().toLowerCase();
  switch (body) {
    case "inf":
    case "infinity":
      return Number.POSITIVE_INFINITY;
    case "-inf":
    case "-infinity":
      return Number.NEGATIVE_INFINITY;
    case "nan":
      return Number.NaN;
    case "":
      return undefined;
  }
  // Number() also takes 0x1F, 0b1 and 1_000-like forms that C's strtod or MXNet do not.
  if (body.includes("x") || body.includes("b") || body.includes("o")) return undefined;
  const value = Number(body);
  return Number.isNaN(value) ? undefined : value;
}

/** The parts of "(2, 2)", "[2,2]" or "2"; "()" has none. */
function tupleParts(text: string): string[] | undefined {
  const body = text.trim();
  const open = body[0];
  if (open !== "(" && open !== "[") return [body];
  if (body.at(-1) !== (open === "(" ? ")" : "]")) return undefined;
  const inside = body.slice(1, -1).trim();
  if (inside === "") return [];
  const parts = inside.split(",");
  if (parts.at(-1)?.trim() === "") parts.pop();
  return parts;
}

function parseTuple<T>(text: string, parsePart: (part: string) => T | undefined): readonly T[] | undefined {
  const values: T[] = [];
  for (const part of tupleParts(text) ?? [""]) {
    const value = parsePart(part);
    if (value === undefined) return undefined;
    values.push(value);
  }
  return values;
}

/** MXNet's integer attributes are C's `int`, unless an operator says otherwise. */
const INT_MIN = -(2 ** 31);
const INT_MAX = 2 ** 31 - 1;

/** An integer, `"64"`, within bounds; by default those of 32 bits. */
export function integer(bounds: { readonly min?: number; readonly max?: number } = {}): AttributeType<number> {
  const { min = INT_MIN, max = INT_MAX } = bounds;
  const above = bounds.min === undefined ? "" : ` >= ${min}`;
  const range = bounds.max === undefined ? above : ` between ${min} and ${max}`;
  return {
    expected: `an integer${range}`,
    parse(text) {
      const value = parseInteger(text);
      return value !== undefined && value >= min && value <= max ? value : undefined;
    },
  };
}

/** A real number, `"1e-05"`. */
export const real: AttributeType<number> = { expected: "a number", parse: parseReal };

/** `"True"` or `"False"`, also `"true"`, `"1"` and their opposites. */
export const boolean: AttributeType<boolean> = {
  expected: '"True" or "False"',
  parse(text) {
    switch (text.trim().toLowerCase()) {
      case "true":
      case "1":
        return true;
      case "false":
      case "0":
        return false;
      default:
        return undefined;
    }
  },
};

/** Any text. */
export const text: AttributeType<string> = { expected: "text", parse: (value) => value };

/** One of some words. */
export function oneOf<const T extends string>(...words: readonly T[]): AttributeType<T> {
  return {
    expected: `one of ${words.map((word) => `"${word}"`).join(", ")}`,
    parse: (value) => words.find((word) => word === value.trim()),
  };
}

/** Integers, `"(2, 2)"`; a single one may stand without brackets. */
export const tuple: AttributeType<readonly number[]> = {
  expected: 'a tuple of integers such as "(2, 2)"',
  parse: (value) => parseTuple(value, parseInteger),
};

/** Integers of which each may be `None`, `"(None, 2)"`. */
export const optionalTuple: AttributeType<readonly (number | null)[]> = {
  expected: 'a tuple of integers or None such as "(None, 2)"',
  parse: (value) => parseTuple(value, (part) => (part.trim() === "None" ? null : parseInteger(part))),
};

/** Real numbers, `"(0.1, 0.2)"`. */
export const realTuple: AttributeType<readonly number[]> = {
  expected: 'a tuple of numbers such as "(0.1, 0.2)"',
  parse: (value) => parseTuple(value, parseReal),
};

/** The name of a data type, `"float32"`. */
export const dtype: AttributeType<DType> = {
  expected: 'a data type such as "float32"',
  parse: (value) => {
    const name = value.trim();
    return isDType(name) ? name : undefined;
  },
};

/** Another kind, or `"None"`, which becomes `null`. */
export function optional<T>(type: AttributeType<T>): AttributeType<T | null> {
  return {
    expected: `${type.expected}, or "None"`,
    parse: (value) => (value.trim() === "None" ? null : type.parse(value)),
  };
}
