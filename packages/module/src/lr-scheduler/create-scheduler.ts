import { didYouMean, RegistryError } from "@mxgraft/base";
import { CosineScheduler } from "./cosine-scheduler.ts";
import { FactorScheduler } from "./factor-scheduler.ts";
import type { LRScheduler } from "./lr-scheduler.ts";
import { MultiFactorScheduler } from "./multi-factor-scheduler.ts";
import { PolyScheduler } from "./poly-scheduler.ts";

// The options are checked at run time by each constructor, whatever their static type.
const factories = new Map<string, (options: never) => LRScheduler>([
  ["factor", (options) => new FactorScheduler(options)],
  ["multifactor", (options) => new MultiFactorScheduler(options)],
  ["poly", (options) => new PolyScheduler(options)],
  ["cosine", (options) => new CosineScheduler(options)],
]);

/**
 * A learning-rate scheduler by name: "factor", "multifactor", "poly", "cosine", or MXNet's class names such as
 * "FactorScheduler".
 *
 * @param options  those of its class, by our names or MXNet's.
 * @throws RegistryError   no scheduler has that name.
 * @throws AttributeError  an option is unknown, missing or does not fit.
 */
export function createScheduler(name: string, options: object): LRScheduler {
  const key = name.toLowerCase();
  const factory = factories.get(key.endsWith("scheduler") ? key.slice(0, -"scheduler".length) : key);
  if (factory === undefined) {
    const known = [...factories.keys()];
    throw new RegistryError(
      `Learning-rate scheduler "${name}" is not known.${didYouMean(name, known)} Known are ${known.join(", ")}.`,
      { argument: name },
    );
  }
  return factory(options as never);
}
