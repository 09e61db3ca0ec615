import { didYouMean, RegistryError } from "@mxgraft/base";
import type { OperatorSpec } from "./operator-spec.ts";

export interface RegisterOptions {
  /** Who registers, for messages: a package with its version, or a file. */
  readonly origin?: string;
  /** Take the place of an operator of the same name. */
  readonly replace?: boolean;
}

interface Registration {
  readonly spec: OperatorSpec;
  readonly origin: string | undefined;
}

/**
 * Operators by name and alias. `kind` says what the names are, for messages: built-in operators, or the `op_type`s
 * of `Custom`.
 */
export class OperatorRegistry {
  readonly #kind: string;
  readonly #advice: string;
  readonly #byName = new Map<string, Registration>();

  constructor(kind: string, advice: string) {
    this.#kind = kind;
    this.#advice = advice;
  }

  /** @throws RegistryError  another operator has one of its names. Registering the same spec again does no harm. */
  register(spec: OperatorSpec, options: RegisterOptions = {}): void {
    const names = [spec.name, ...spec.aliases];
    for (const name of names) {
      const present = this.#byName.get(name);
      if (present === undefined || present.spec === spec || options.replace) continue;
      const by = [present.origin, options.origin].map((origin) => origin ?? "an unnamed caller").join(" and by ");
      throw new RegistryError(
        `${this.#kind} "${name}" is registered twice, by ${by}. Pass { replace: true } if that is meant.`,
        { operator: name },
      );
    }
    for (const name of names) this.#byName.set(name, { spec, origin: options.origin });
  }

  find(name: string): OperatorSpec | undefined {
    return this.#byName.get(name)?.spec;
  }

  /** @throws RegistryError  with near misses. */
  get(name: string): OperatorSpec {
    const spec = this.find(name);
    if (spec) return spec;
    throw new RegistryError(
      `${this.#kind} "${name}" is not registered.${didYouMean(name, this.#byName.keys())} ${this.#advice}`,
      { operator: name },
    );
  }

  /** Who registered a name, as it was said. */
  originOf(name: string): string | undefined {
    return this.#byName.get(name)?.origin;
  }

  /** All names and aliases. */
  names(): string[] {
    return [...this.#byName.keys()];
  }
}

/** The operators that graphs name in `op`. */
export const operators = new OperatorRegistry(
  "Operator",
  'Built-in operators come from "@mxgraft/operators"; import "mxgraft" to have them all.',
);

/** The operators that `Custom` nodes name in `op_type`. */
export const customOperators = new OperatorRegistry(
  "Custom operator",
  "Register a CustomOpProp or a spec under this op_type with register() before the graph is used.",
);
