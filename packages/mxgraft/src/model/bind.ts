import { didYouMean, type HostArray, UsageError } from "@mxgraft/base";
import { type BindOptions, type Executor, simpleBind } from "@mxgraft/executor";
import type { Symbol as MxSymbol } from "@mxgraft/symbol";

/** Arrays by name. */
export type NamedArrays = ReadonlyMap<string, HostArray> | Readonly<Record<string, HostArray>>;

export interface BindArrays extends Pick<BindOptions, "gradReq" | "seed"> {
  /** The value of every argument. */
  readonly args: NamedArrays;
  /** The values of the auxiliary states; those left out are 0. */
  readonly auxStates?: NamedArrays;
}

/**
 * Binds a symbol to arrays on the current backend, MXNet's `Symbol.bind`: shapes and types are those of the arrays, whose
 * values are copied.
 *
 *   const executor = bind(symbol, { args: new Map([...argParams, ["data", image]]), auxStates: auxParams, gradReq: "null" });
 *   await executor.forward();
 *   const scores = await executor.outputs[0]?.toHost();
 *
 * @throws UsageError    arguments are missing, all of them named, or a name is none of the symbol.
 * @throws ShapeError    shapes contradict each other.
 * @throws BackendError  an operator has no kernel on the backend.
 */
export function bind(symbol: MxSymbol, { args, auxStates = {}, ...options }: BindArrays): Executor {
  const [given, states] = [asMap(args), asMap(auxStates)];
  checkNames("argument", given, symbol.listArguments());
  checkNames("auxiliary state", states, symbol.listAuxiliaryStates());
  const missing = symbol.listArguments().filter((name) => !given.has(name));
  if (missing.length > 0) {
    throw new UsageError(
      `Arguments have no array: ${missing.map((name) => `"${name}"`).join(", ")}. Give all to bind(), or only shapes to simpleBind().`,
      { argument: missing[0] ?? "", expected: missing },
    );
  }
  const all = [...given, ...states];
  const executor = simpleBind(symbol, {
    ...options,
    shapes: Object.fromEntries(all.map(([name, { shape }]) => [name, shape])),
    types: Object.fromEntries([...given].map(([name, { dtype }]) => [name, dtype])),
  });
  try {
    for (const [name, array] of given) executor.argCells.get(name)?.set(array);
    for (const [name, array] of states) executor.auxCells.get(name)?.set(array);
    return executor;
  } catch (error) {
    executor.dispose();
    throw error;
  }
}

function asMap(arrays: NamedArrays): ReadonlyMap<string, HostArray> {
  return arrays instanceof Map ? arrays : new Map(Object.entries(arrays));
}

function checkNames(what: string, arrays: ReadonlyMap<string, HostArray>, known: readonly string[]): void {
  const unknown = [...arrays.keys()].find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw new UsageError(`The symbol has no ${what} "${unknown}".${didYouMean(unknown, known)}`, {
    argument: unknown,
    expected: known,
  });
}
