import { type DType, invariant, type Shape, UsageError } from "@mxgraft/base";
import { checkAllKnown, type EntryFacts, inferGraphShapes, inferGraphTypes } from "./infer-graph.ts";
import { nodesOf } from "./nodes-of.ts";
import { stateVariables } from "./state-variables.ts";
import type { MxSymbol } from "./symbol.ts";

/** Shapes by name, or of the first arguments in the order of `listArguments`. */
export type GivenShapes = Readonly<Record<string, Shape>> | readonly (Shape | undefined)[];

/** Data types by name, or of the first arguments in the order of `listArguments`. */
export type GivenTypes = Readonly<Record<string, DType>> | readonly (DType | undefined)[];

/** Shapes in the order of `listArguments`, `listOutputs` and `listAuxiliaryStates`. */
export interface SymbolShapes<S> {
  readonly argShapes: readonly S[];
  readonly outShapes: readonly S[];
  readonly auxShapes: readonly S[];
}

/** Data types in the order of `listArguments`, `listOutputs` and `listAuxiliaryStates`. */
export interface SymbolTypes<T> {
  readonly argTypes: readonly T[];
  readonly outTypes: readonly T[];
  readonly auxTypes: readonly T[];
}

/** `Symbol.inferShape` and `inferShapePartial`. */
export function inferShapes(symbol: MxSymbol, given: GivenShapes, complete: true): SymbolShapes<Shape>;
export function inferShapes(symbol: MxSymbol, given: GivenShapes, complete: false): SymbolShapes<Shape | undefined>;
export function inferShapes(symbol: MxSymbol, given: GivenShapes, complete: boolean): SymbolShapes<Shape | undefined> {
  const shapes = inferGraphShapes(symbol, byName(symbol, given));
  if (complete) checkAllKnown(symbol, shapes);
  const [argShapes, outShapes, auxShapes] = inOrder(symbol, shapes);
  return { argShapes, outShapes, auxShapes };
}

/** `Symbol.inferType` and `inferTypePartial`. */
export function inferTypes(symbol: MxSymbol, given: GivenTypes, complete: true): SymbolTypes<DType>;
export function inferTypes(symbol: MxSymbol, given: GivenTypes, complete: false): SymbolTypes<DType | undefined>;
export function inferTypes(symbol: MxSymbol, given: GivenTypes, complete: boolean): SymbolTypes<DType | undefined> {
  const types = inferGraphTypes(symbol, byName(symbol, given), complete ? "float32" : undefined);
  const [argTypes, outTypes, auxTypes] = inOrder(symbol, types);
  return { argTypes, outTypes, auxTypes };
}

function byName<T>(
  symbol: MxSymbol,
  given: Readonly<Record<string, T>> | readonly (T | undefined)[],
): Record<string, T> {
  if (!isList(given)) return { ...given };
  const names = symbol.listArguments();
  if (given.length > names.length) {
    throw new UsageError(
      `${given.length} arguments were given, expected at most ${names.length}: ${names.join(", ")}.`,
      {
        expected: names.length,
        actual: given.length,
      },
    );
  }
  const pairs = given.map((value, i): [string, T] | undefined => {
    const name = names[i];
    invariant(name !== undefined, `argument ${i} has no name`);
    return value === undefined ? undefined : [name, value];
  });
  return Object.fromEntries(pairs.filter((pair) => pair !== undefined));
}

function isList<T>(
  given: Readonly<Record<string, T>> | readonly (T | undefined)[],
): given is readonly (T | undefined)[] {
  return Array.isArray(given);
}

function inOrder<T>(symbol: MxSymbol, facts: EntryFacts<T>): [(T | undefined)[], (T | undefined)[], (T | undefined)[]] {
  const nodes = nodesOf(symbol);
  const states = stateVariables(nodes);
  const variables = nodes.filter((node) => node.op === null);
  const of = (node: (typeof nodes)[number]) => facts.get({ node, index: 0 });
  return [
    variables.filter((node) => !states.has(node)).map(of),
    symbol.entries.map((entry) => facts.get(entry)),
    variables.filter((node) => states.has(node)).map(of),
  ];
}
