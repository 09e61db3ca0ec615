import { equalShapes, formatShape, type HostArray, numberAt, type Random, ShapeError, UsageError } from "@mxgraft/base";
import { fillArray } from "../fill-array.ts";
import type { InitDesc } from "./init-desc.ts";
import type { ParameterInitializer } from "./initializer.ts";

/**
 * Takes values from arrays that are there already, those of a checkpoint for instance, and leaves the rest to another
 * initializer.
 *
 * @param params       arrays by name; a prefix `arg:` or `aux:` is cut off.
 * @param defaultInit  for names that are not among them.
 */
export class Load implements ParameterInitializer {
  readonly #params = new Map<string, HostArray>();
  readonly #defaultInit: ParameterInitializer | undefined;

  constructor(
    params: ReadonlyMap<string, HostArray>,
    { defaultInit }: { readonly defaultInit?: ParameterInitializer } = {},
  ) {
    for (const [name, array] of params) {
      this.#params.set(name.startsWith("arg:") || name.startsWith("aux:") ? name.slice(4) : name, array);
    }
    this.#defaultInit = defaultInit;
  }

  /**
   * @throws ShapeError  the array of that name has another shape.
   * @throws UsageError  there is none of that name, and no other initializer.
   */
  initialize(desc: InitDesc | string, array: HostArray, random: Random): void {
    const name = typeof desc === "string" ? desc : desc.name;
    const found = this.#params.get(name);
    if (found === undefined) {
      if (this.#defaultInit === undefined) {
        throw new UsageError(
          `Parameter "${name}" is not among the ${this.#params.size} loaded arrays. Pass a defaultInit for those that are missing.`,
          { argument: name },
        );
      }
      this.#defaultInit.initialize(desc, array, random);
      return;
    }
    if (!equalShapes(found.shape, array.shape)) {
      throw new ShapeError(
        `Parameter "${name}" has shape ${formatShape(array.shape)}, the loaded array ${formatShape(found.shape)}; expected the same.`,
        { argument: name, expected: array.shape, actual: found.shape },
      );
    }
    fillArray(array, (i) => numberAt(found.data, found.dtype, i));
  }
}
