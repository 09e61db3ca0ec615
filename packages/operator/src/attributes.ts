import { AttributeError, didYouMean } from "@mxgraft/base";
import type { AttributeType } from "./attribute-types.ts";

/** Attributes as MXNet keeps them: strings by name. */
export type RawAttributes = ReadonlyMap<string, string>;

/** What a caller may write for an attribute; see `formatAttribute`. */
export type AttributeValue = string | number | boolean | null | readonly (number | null)[];

export interface AttributeDefinition<T> {
  readonly type: AttributeType<T>;
  /** Value when the attribute is not given; without a default it is required. */
  readonly default?: T;
  /** One line for documentation, with the unit if there is one. */
  readonly about?: string;
}

/** One definition for each attribute, under its MXNet name. */
export type AttributeSchema<A extends object> = { readonly [K in keyof A]-?: AttributeDefinition<A[K]> };

/** The typed attributes that a schema parses to. */
export type AttributesOf<S> = {
  readonly [K in keyof S]: S[K] extends AttributeDefinition<infer T> ? T : never;
};

/** A required attribute. */
export function required<T>(type: AttributeType<T>, about?: string): AttributeDefinition<T> {
  return about === undefined ? { type } : { type, about };
}

/** An attribute with a default. */
export function defaulted<T>(type: AttributeType<T>, value: NoInfer<T>, about?: string): AttributeDefinition<T> {
  return about === undefined ? { type, default: value } : { type, default: value, about };
}

/** A value as Python's `str` would write it for MXNet: `"(2, 2)"`, `"True"`, `"None"`. */
export function formatAttribute(value: AttributeValue): string {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "number") {
    if (value === Number.POSITIVE_INFINITY) return "inf";
    if (value === Number.NEGATIVE_INFINITY) return "-inf";
    return String(value);
  }
  if (typeof value === "string") return value;
  const parts = value.map(formatAttribute);
  return parts.length === 1 ? `(${parts[0]},)` : `(${parts.join(", ")})`;
}

/**
 * Attributes from MXNet's strings to typed values, once.
 *
 * @throws AttributeError  naming every attribute that is missing, unknown or cannot be parsed.
 */
export function parseAttributes<A extends object>(schema: AttributeSchema<A>, raw: RawAttributes): A {
  const problems: string[] = [];
  const parsed = new Map<string, unknown>();
  const names = Object.keys(schema);
  // MXNet has no parser for operators without attributes and writes whatever a caller gave them, such as a dtype.
  if (names.length === 0) return {} as A;
  let first: string | undefined;
  const report = (name: string, problem: string) => {
    first ??= name;
    problems.push(problem);
  };
  for (const [name, definition] of Object.entries<AttributeDefinition<unknown>>(schema)) {
    const given = raw.get(name);
    if (given === undefined) {
      if (definition.default === undefined) {
        report(name, `attribute "${name}" is missing, expected ${definition.type.expected}`);
      }
      parsed.set(name, definition.default);
      continue;
    }
    const value = definition.type.parse(given);
    if (value === undefined) report(name, `attribute "${name}" is "${given}", expected ${definition.type.expected}`);
    parsed.set(name, value);
  }
  for (const name of raw.keys()) {
    if (names.includes(name)) continue;
    const known = names.map((known) => `"${known}"`).join(", ");
    report(name, `attribute "${name}" is not one of the operator's (it has ${known}).${didYouMean(name, names)}`);
  }
  if (problems.length > 0) {
    throw new AttributeError(`${problems.join("; ")}${problems.at(-1)?.match(/[.?]$/) ? "" : "."}`, {
      ...(first === undefined ? {} : { argument: first }),
    });
  }
  // The loop above set every key of the schema to a value its definition gave, which is what A says.
  return Object.fromEntries(parsed) as A;
}
