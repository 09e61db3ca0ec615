import { didYouMean, RegistryError } from "@mxgraft/base";
import { AdaDelta } from "./ada-delta.ts";
import { AdaGrad } from "./ada-grad.ts";
import { Adam } from "./adam.ts";
import { Adamax } from "./adamax.ts";
import { DCASGD } from "./dcasgd.ts";
import { FTML } from "./ftml.ts";
import { Ftrl } from "./ftrl.ts";
import { GroupAdaGrad } from "./group-ada-grad.ts";
import { LAMB } from "./lamb.ts";
import { LARS } from "./lars.ts";
import { LBSGD } from "./lbsgd.ts";
import { Nadam } from "./nadam.ts";
import { NAG } from "./nag.ts";
import type { Optimizer } from "./optimizer.ts";
import { RMSProp } from "./rms-prop.ts";
import { SGD } from "./sgd.ts";
import { SGLD } from "./sgld.ts";
import { Signum } from "./signum.ts";
import { TestOptimizer } from "./test-optimizer.ts";

/** Makes an optimizer from its options, by our names or MXNet's. */
export type OptimizerFactory = (options: object) => Optimizer;

const factories = new Map<string, OptimizerFactory>([
  ["sgd", (options) => new SGD(options)],
  ["ccsgd", (options) => new SGD(options, "ccsgd")],
  ["nag", (options) => new NAG(options)],
  ["adam", (options) => new Adam(options)],
  ["adadelta", (options) => new AdaDelta(options)],
  ["adagrad", (options) => new AdaGrad(options)],
  ["adamax", (options) => new Adamax(options)],
  ["nadam", (options) => new Nadam(options)],
  ["lamb", (options) => new LAMB(options)],
  ["lars", (options) => new LARS(options)],
  ["groupadagrad", (options) => new GroupAdaGrad(options)],
  ["lbsgd", (options) => new LBSGD(options)],
  ["dcasgd", (options) => new DCASGD(options)],
  ["sgld", (options) => new SGLD(options)],
  ["test", (options) => new TestOptimizer(options)],
  ["ftml", (options) => new FTML(options)],
  ["ftrl", (options) => new Ftrl(options)],
  ["signum", (options) => new Signum(options)],
  ["rmsprop", (options) => new RMSProp(options)],
]);

/**
 * Makes an optimizer of yours known by name.
 *
 * @throws RegistryError  the name is taken and `replace` is not given.
 */
export function registerOptimizer(
  name: string,
  factory: OptimizerFactory,
  { replace = false }: { readonly replace?: boolean } = {},
): void {
  const key = name.toLowerCase();
  if (factories.has(key) && !replace) {
    throw new RegistryError(`Optimizer "${key}" is registered already. Pass { replace: true } if that is meant.`, {
      argument: key,
    });
  }
  factories.set(key, factory);
}

/** Every name that `createOptimizer` knows, in lower case. */
export function listOptimizers(): string[] {
  return [...factories.keys()].sort();
}

/**
 * An optimizer by its MXNet name, in any case: `createOptimizer("sgd", { learningRate: 0.1, momentum: 0.9 })`.
 *
 * @param options  those of its class, by our names or MXNet's (`learning_rate`).
 * @throws RegistryError   no optimizer has that name.
 * @throws AttributeError  an option is unknown or does not fit.
 */
export function createOptimizer(name: string, options: object = {}): Optimizer {
  const factory = factories.get(name.toLowerCase());
  if (factory === undefined) {
    throw new RegistryError(
      `Optimizer "${name}" is not registered.${didYouMean(name, factories.keys())} Known are ${listOptimizers().join(", ")}.`,
      { argument: name, expected: listOptimizers() },
    );
  }
  return factory(options);
}
