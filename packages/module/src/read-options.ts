import { AttributeError, didYouMean } from "@mxgraft/base";
import { optionName } from "./option-name.ts";

/** How one option is checked: `parse` gives `undefined` for a value that does not fit. */
export interface OptionRule<T> {
  readonly expected: string;
  /** Value when the option is not given; without one it must be given. */
  readonly fallback?: T;
  parse(value: unknown): T | undefined;
}

/** A number, within bounds. */
export function number(
  fallback?: number,
  bounds: { readonly min?: number; readonly max?: number } = {},
): OptionRule<number> {
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = bounds;
  const range = [
    ...(min > Number.NEGATIVE_INFINITY ? [`>= ${min}`] : []),
    ...(max < Number.POSITIVE_INFINITY ? [`<= ${max}`] : []),
  ];
  return {
    expected: ["a number", range.join(" and ")].join(" ").trim(),
    ...(fallback === undefined ? {} : { fallback }),
    parse: (value) => (typeof value === "number" && value >= min && value <= max ? value : undefined),
  };
}

/** An integer of at least `min`. */
export function integer(fallback?: number, min = 0): OptionRule<number> {
  return {
    expected: `an integer >= ${min}`,
    ...(fallback === undefined ? {} : { fallback }),
    parse: (value) => (typeof value === "number" && Number.isInteger(value) && value >= min ? value : undefined),
  };
}

export function boolean(fallback: boolean): OptionRule<boolean> {
  return { expected: "true or false", fallback, parse: (value) => (typeof value === "boolean" ? value : undefined) };
}

/** One of some words. */
export function oneOf<const T extends string>(fallback: NoInfer<T> | undefined, words: readonly T[]): OptionRule<T> {
  return {
    expected: `one of ${words.map((word) => `"${word}"`).join(", ")}`,
    ...(fallback === undefined ? {} : { fallback }),
    parse: (value) => words.find((word) => word === value),
  };
}

/** What another rule takes, or `null`, which is also the default. */
export function orNull<T>(rule: OptionRule<T>): OptionRule<T | null> {
  return {
    expected: `${rule.expected}, or null`,
    fallback: null,
    parse: (value) => (value === null ? null : rule.parse(value)),
  };
}

type Rules = { readonly [name: string]: OptionRule<unknown> };
export type Parsed<R extends Rules> = { [K in keyof R]: R[K] extends OptionRule<infer T> ? T : never };

/**
 * Checks options against their rules and fills in what is missing. An option may be given by its MXNet name too,
 * `clip_gradient` for `clipGradient`, so that parameters from MXNet's programs and files can be passed on as they are;
 * `undefined` counts as not given.
 *
 * @throws AttributeError  naming every option that is unknown, missing or does not fit.
 */
export function readOptions<R extends Rules>(subject: string, options: object, rules: R): Parsed<R> {
  const problems: string[] = [];
  const names = Object.keys(rules);
  const given = new Map<string, unknown>();
  let first: string | undefined;
  const report = (name: string, problem: string) => {
    first ??= name;
    problems.push(problem);
  };
  for (const [key, value] of Object.entries(options)) {
    const name = Object.hasOwn(rules, key) ? key : optionName(key);
    if (value === undefined) continue;
    if (Object.hasOwn(rules, name)) given.set(name, value);
    else {
      const takes = names.length > 0 ? `it takes ${names.join(", ")}` : "it takes none";
      report(key, `option "${key}" is not known (${takes}).${didYouMean(name, names)}`);
    }
  }
  const parsed: Record<string, unknown> = {};
  for (const [name, rule] of Object.entries(rules)) {
    const value = given.get(name);
    const result = value === undefined ? rule.fallback : rule.parse(value);
    if (result === undefined) {
      const found = value === undefined ? "is missing" : `is ${JSON.stringify(value) ?? String(value)}`;
      report(name, `option "${name}" ${found}, expected ${rule.expected}`);
    }
    parsed[name] = result;
  }
  if (problems.length > 0) {
    const text = problems.join("; ");
    throw new AttributeError(`${subject}: ${text}${text.endsWith(".") || text.endsWith("?") ? "" : "."}`, {
      ...(first === undefined ? {} : { argument: first }),
    });
  }
  // Each key was parsed by its own rule above, which the loop over entries cannot express as a type.
  return parsed as Parsed<R>;
}
