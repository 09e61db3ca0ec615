import { equalShapes, formatShape, type HostArray, type Shape } from "@mxgraft/base";
import type { Parameters } from "@mxgraft/module";
import type { Symbol as MxSymbol } from "@mxgraft/symbol";

/** What of a checkpoint fits another network. */
export interface MatchedParameters {
  /** Parameters of the same name and shape. */
  readonly taken: Parameters;
  /** Parameters of the checkpoint that were not taken, with the reason. */
  readonly left: readonly { readonly name: string; readonly reason: string }[];
  /** Parameters of the network that start anew. */
  readonly fresh: readonly string[];
}

/**
 * Chooses the parameters of a checkpoint that have the name and shape of one of a network: the way to go on with another
 * embedding or another number of classes.
 *
 * @param shapes  shapes of the network's inputs, by name; they are no parameters.
 */
export function matchParameters(
  symbol: MxSymbol,
  shapes: Readonly<Record<string, Shape>>,
  { argParams, auxParams }: Parameters,
): MatchedParameters {
  const { argShapes, auxShapes } = symbol.inferShape(shapes);
  const inputs = new Set(Object.keys(shapes));
  const shapesOf = (names: readonly string[], of: readonly Shape[]) =>
    new Map(names.flatMap((name, i) => (inputs.has(name) ? [] : [[name, of[i] ?? []] as const])));
  const args = pick(argParams, shapesOf(symbol.listArguments(), argShapes));
  const aux = pick(auxParams, shapesOf(symbol.listAuxiliaryStates(), auxShapes));
  return {
    taken: { argParams: args.taken, auxParams: aux.taken },
    left: [...args.left, ...aux.left],
    fresh: [...args.fresh, ...aux.fresh],
  };
}

function pick(arrays: ReadonlyMap<string, HostArray>, wanted: ReadonlyMap<string, Shape>) {
  const taken = new Map<string, HostArray>();
  const left: { name: string; reason: string }[] = [];
  for (const [name, array] of arrays) {
    const shape = wanted.get(name);
    if (shape === undefined) left.push({ name, reason: "the network has no such parameter" });
    else if (equalShapes(array.shape, shape)) taken.set(name, array);
    else left.push({ name, reason: `its shape is ${formatShape(array.shape)}, here it is ${formatShape(shape)}` });
  }
  return { taken, left, fresh: [...wanted.keys()].filter((name) => !taken.has(name)) };
}
