import { AttributeError, didYouMean } from "@mxgraft/base";

/** Options that every metric takes. */
export interface MetricOptions {
  /** What `get` calls the value. */
  readonly name?: string;
  /** Outputs that `updateDict` takes, in this order; all when `null`. */
  readonly outputNames?: readonly string[] | null;
  /** Labels that `updateDict` takes, in this order; all when `null`. */
  readonly labelNames?: readonly string[] | null;
}

/** How one option is checked: `undefined` says that the value does not fit. */
export interface OptionRule<T> {
  readonly expected: string;
  readonly fallback: T;
  readonly parse: (value: unknown) => T | undefined;
}

type Rules = { readonly [name: string]: OptionRule<unknown> };
type Parsed<R extends Rules> = { [K in keyof R]: R[K] extends OptionRule<infer T> ? T : never };

export function integerOption(fallback: number): OptionRule<number> {
  return {
    expected: "an integer",
    fallback,
    parse: (value) => (typeof value === "number" && Number.isInteger(value) ? value : undefined),
  };
}

export function numberOption(fallback: number): OptionRule<number> {
  return { expected: "a number", fallback, parse: (value) => (typeof value === "number" ? value : undefined) };
}

export function numberOrNullOption(): OptionRule<number | null> {
  return {
    expected: "a number or null",
    fallback: null,
    parse: (value) => (typeof value === "number" || value === null ? value : undefined),
  };
}

export function booleanOption(fallback: boolean): OptionRule<boolean> {
  return { expected: "true or false", fallback, parse: (value) => (typeof value === "boolean" ? value : undefined) };
}

export function stringOption(fallback: string): OptionRule<string> {
  return { expected: "a string", fallback, parse: (value) => (typeof value === "string" ? value : undefined) };
}

/** How several batches become one value: `macro` averages over updates, `micro` counts all of them as one. */
export type Average = "macro" | "micro";

export function averageOption(): OptionRule<Average> {
  return {
    expected: '"macro" or "micro"',
    fallback: "macro",
    parse: (value) => (value === "macro" || value === "micro" ? value : undefined),
  };
}

function namesOption(): OptionRule<readonly string[] | null> {
  return {
    expected: "a list of names or null",
    fallback: null,
    parse: (value) => {
      if (value === null) return null;
      return Array.isArray(value) && value.every((name) => typeof name === "string") ? [...value] : undefined;
    },
  };
}

/** Rules of the options that every metric takes. */
export function commonOptions(name: string) {
  return { name: stringOption(name), outputNames: namesOption(), labelNames: namesOption() };
}

/**
 * Checks options against their rules and fills in what is missing. `undefined` counts as missing.
 *
 * @throws AttributeError  an option is not known, or its value does not fit.
 */
export function readOptions<R extends Rules>(subject: string, options: object, rules: R): Parsed<R> {
  const given = new Map<string, unknown>(Object.entries(options));
  for (const name of given.keys()) {
    if (Object.hasOwn(rules, name)) continue;
    throw new AttributeError(
      `${subject} has no option "${name}".${didYouMean(name, Object.keys(rules))} It takes ${Object.keys(rules).join(", ")}.`,
      { argument: name, expected: Object.keys(rules) },
    );
  }
  const parsed: Record<string, unknown> = {};
  for (const [name, rule] of Object.entries(rules)) {
    const value = given.get(name);
    const result = value === undefined ? rule.fallback : rule.parse(value);
    if (result === undefined) {
      throw new AttributeError(`${subject}: option "${name}" is ${JSON.stringify(value)}, expected ${rule.expected}.`, {
        argument: name,
        expected: rule.expected,
        actual: value,
      });
    }
    parsed[name] = result;
  }
  // Each key was parsed by its own rule above, which the loop over entries cannot express as a type.
  return parsed as Parsed<R>;
}
