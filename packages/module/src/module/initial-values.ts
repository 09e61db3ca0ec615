import { type HostArray, hostArray, type Random } from "@mxgraft/base";
import type { StateCell } from "@mxgraft/executor";
import { InitDesc } from "../initializer/init-desc.ts";
import type { ParameterInitializer } from "../initializer/initializer.ts";
import { cellOf } from "./binding.ts";
import { type ArraysByName, arrayMap } from "./parameters.ts";
import { requireNone } from "./require-none.ts";

export interface InitialValuesOptions {
  readonly names: readonly string[];
  readonly cells: ReadonlyMap<string, StateCell>;
  /** Values to take; without it all are initialized. */
  readonly given: ArraysByName | null | undefined;
  /** Whether names that `given` lacks are initialized. */
  readonly allowMissing: boolean;
  readonly initializer: ParameterInitializer | null;
  /** Attributes of the variables. */
  readonly attributes: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly random: Random;
}

/**
 * The first values of parameters: given ones, else from the initializer, which goes through them by name, as in MXNet.
 *
 * @throws UsageError  values are missing, or a name fits no rule of the initializer.
 */
export function initialValues(options: InitialValuesOptions): Map<string, HostArray> {
  const { names, cells, allowMissing, initializer, attributes, random } = options;
  const given = arrayMap(options.given);
  const missing = given === null || allowMissing ? [] : names.filter((name) => !given.has(name));
  requireNone("Parameters", missing, "are missing in what was given. Pass allowMissing to initialize them.");
  const values = new Map<string, HostArray>();
  for (const name of [...names].sort()) {
    const taken = given?.get(name);
    const cell = cellOf(cells, name);
    const array = taken ?? hostArray(cell.dtype, cell.shape);
    if (taken === undefined) initializer?.initialize(new InitDesc(name, attributes.get(name)), array, random);
    values.set(name, array);
  }
  return values;
}
