import type { AttributeValue, OperatorSpec } from "@mxgraft/operator";
import { type ApplyOptions, apply } from "./apply.ts";
import { MxSymbol } from "./symbol.ts";

/** The options of one operator: its attributes by their MXNet names, its inputs, `name` and `attr`. */
export type SymbolOptions<A extends object> = {
  readonly [K in keyof A]?: A[K] | string | undefined;
} & ApplyOptions;

/** An operator as a function: `Convolution({ data, kernel: [5, 5], num_filter: 20 })`, or inputs first, `Flatten(x)`. */
export type SymbolFunction<A extends object = Record<string, AttributeValue>> = (
  ...args: readonly [...inputs: MxSymbol[], options: SymbolOptions<A>] | readonly MxSymbol[]
) => MxSymbol;

/** The function of an operator, given as a spec or by one of its registered names. */
export function symbolFunction<A extends object>(operator: OperatorSpec<A> | string): SymbolFunction<A> {
  return (...args: readonly (MxSymbol | SymbolOptions<A>)[]) => {
    const last = args.at(-1);
    const inputs = args.filter((arg) => arg instanceof MxSymbol);
    return apply(operator, last instanceof MxSymbol ? {} : last, inputs);
  };
}

type AttributesOfSpec<S> = S extends OperatorSpec<infer A> ? A : never;

/** The functions of a table of operators, each under the key it has there. */
export type SymbolFunctions<T> = { readonly [K in keyof T]: SymbolFunction<AttributesOfSpec<T[K]>> };

/**
 * Functions for a table of operators, such as `builtins` of `@mxgraft/operators`: the operators of `mx.sym`. The nodes
 * name their operators by the keys, so these must be registered by the time a function is called.
 */
export function symbolFunctions<T extends Readonly<Record<string, OperatorSpec<never> | OperatorSpec>>>(
  specs: T,
): SymbolFunctions<T> {
  // Object.fromEntries forgets which key has which attributes; the mapped type above says it.
  return Object.fromEntries(Object.keys(specs).map((name) => [name, symbolFunction(name)])) as SymbolFunctions<T>;
}
