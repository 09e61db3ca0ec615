import type { HostArray } from "@mxgraft/base";
import type { StateCell } from "@mxgraft/tfjs";

/**
 * Copies of what cells hold, so that a run that changes them can be made again. Tables are not copied: there may be no
 * memory for a second one.
 */
export class SavedCells {
  /** Name of a table among the cells. */
  readonly table: string | undefined;
  readonly #arrays: ReadonlyMap<StateCell, HostArray>;

  private constructor(arrays: ReadonlyMap<StateCell, HostArray>, table: string | undefined) {
    this.#arrays = arrays;
    this.table = table;
  }

  static async of(cells: Iterable<StateCell>): Promise<SavedCells> {
    const arrays = new Map<StateCell, HostArray>();
    let table: string | undefined;
    for (const cell of cells) {
      if (cell.kind === "variable") table = cell.name;
      else arrays.set(cell, await cell.toHost());
    }
    return new SavedCells(arrays, table);
  }

  /** Puts back what was copied. */
  restore(): void {
    for (const [cell, array] of this.#arrays) cell.set(array);
  }
}
