import { AttributeError, didYouMean, RegistryError } from "@mxgraft/base";
import { Bilinear } from "./bilinear.ts";
import { Constant } from "./constant.ts";
import { FusedRNN, type FusedRNNOptions } from "./fused-rnn.ts";
import type { Initializer } from "./initializer.ts";
import { LSTMBias } from "./lstm-bias.ts";
import { MSRAPrelu } from "./msra-prelu.ts";
import { Normal } from "./normal.ts";
import { One } from "./one.ts";
import { Orthogonal } from "./orthogonal.ts";
import { Uniform } from "./uniform.ts";
import { Xavier } from "./xavier.ts";
import { Zero } from "./zero.ts";

/** Makes an initializer from its options, by our names or MXNet's. */
export type InitializerFactory = (options: object) => Initializer;

const factories = new Map<string, InitializerFactory>([
  ["zero", (options) => new Zero(options)],
  ["zeros", (options) => new Zero(options)],
  ["one", (options) => new One(options)],
  ["ones", (options) => new One(options)],
  ["constant", (options) => new Constant(options)],
  ["uniform", (options) => new Uniform(options)],
  ["normal", (options) => new Normal(options)],
  ["orthogonal", (options) => new Orthogonal(options)],
  ["xavier", (options) => new Xavier(options)],
  ["msraprelu", (options) => new MSRAPrelu(options)],
  ["bilinear", (options) => new Bilinear(options)],
  ["lstmbias", (options) => new LSTMBias(options)],
  ["fusedrnn", (options) => new FusedRNN(fusedRNNOptions(options))],
]);

/**
 * Makes an initializer of yours known by name, for `createInitializer` and for `__init__` attributes in graph files.
 *
 * @throws RegistryError  the name is taken and `replace` is not given.
 */
export function registerInitializer(
  name: string,
  factory: InitializerFactory,
  { replace = false }: { readonly replace?: boolean } = {},
): void {
  const key = name.toLowerCase();
  if (factories.has(key) && !replace) {
    throw new RegistryError(`Initializer "${key}" is registered already. Pass { replace: true } if that is meant.`, {
      argument: key,
    });
  }
  factories.set(key, factory);
}

/**
 * An initializer by name, in any case: `createInitializer("xavier", { magnitude: 2 })`, or from what `dumps` gave:
 * `createInitializer('["xavier", {"magnitude": 2}]')`.
 *
 * @throws RegistryError   no initializer has that name.
 * @throws AttributeError  an option is unknown or does not fit, or the text is not JSON.
 */
export function createInitializer(text: string, options: object = {}): Initializer {
  const { name, parameters } = text.trimStart().startsWith("[") ? parseDump(text) : { name: text, parameters: options };
  const factory = factories.get(name.toLowerCase());
  if (factory === undefined) {
    const known = [...factories.keys()];
    throw new RegistryError(
      `Initializer "${name}" is not registered.${didYouMean(name, known)} Known are ${known.join(", ")}.`,
      { argument: name },
    );
  }
  return factory(parameters);
}

/** With the inner initializer made from its text; the constructor checks the rest. */
function fusedRNNOptions(options: object): FusedRNNOptions {
  const { init, ...rest }: { readonly init?: unknown } = options;
  return { ...rest, init: typeof init === "string" ? createInitializer(init) : init } as FusedRNNOptions;
}

function parseDump(text: string): { name: string; parameters: object } {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (cause) {
    throw new AttributeError(
      `Initializer ${text} is not JSON, expected a form such as ["xavier", {"magnitude": 2}].`,
      { actual: text },
      { cause },
    );
  }
  const items: readonly unknown[] = Array.isArray(parsed) ? parsed : [];
  const [name, parameters = {}] = items;
  if (typeof name !== "string" || typeof parameters !== "object" || parameters === null) {
    throw new AttributeError(
      `Initializer ${text} is not a name with its options, expected a form such as ["xavier", {"magnitude": 2}].`,
      { actual: text },
    );
  }
  return { name, parameters };
}
