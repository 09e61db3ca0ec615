import { type HostArray, type Random, UsageError } from "@mxgraft/base";
import type { InitDesc } from "./init-desc.ts";
import type { ParameterInitializer } from "./initializer.ts";

/**
 * Chooses an initializer by the first pattern that matches the beginning of the name (Python's `re.match`):
 * `new Mixed(["fc", ".*"], [new Normal(0.001), new Xavier()])`. The chosen one still follows the name rules: a bias
 * is 0 whatever matches it.
 *
 * @param patterns      regular expressions.
 * @param initializers  one for each pattern.
 * @throws UsageError   there are not as many of both.
 */
export class Mixed implements ParameterInitializer {
  readonly #choices: readonly { readonly pattern: RegExp; readonly initializer: ParameterInitializer }[];

  constructor(patterns: readonly (string | RegExp)[], initializers: readonly ParameterInitializer[]) {
    if (patterns.length !== initializers.length) {
      throw new UsageError(
        `Mixed has ${patterns.length} patterns and ${initializers.length} initializers; expected one for each pattern.`,
        { expected: patterns.length, actual: initializers.length },
      );
    }
    this.#choices = initializers.map((initializer, i) => {
      const pattern = patterns[i] ?? "";
      const source = typeof pattern === "string" ? pattern : pattern.source;
      return { pattern: new RegExp(`^(?:${source})`), initializer };
    });
  }

  /** @throws UsageError  no pattern matches the name. */
  initialize(desc: InitDesc | string, array: HostArray, random: Random): void {
    const name = typeof desc === "string" ? desc : desc.name;
    const choice = this.#choices.find(({ pattern }) => pattern.test(name));
    if (choice === undefined) {
      throw new UsageError(
        `Parameter "${name}" matches none of the ${this.#choices.length} patterns of Mixed. Add ".*" at the end for the rest.`,
        { argument: name },
      );
    }
    choice.initializer.initialize(desc, array, random);
  }
}
