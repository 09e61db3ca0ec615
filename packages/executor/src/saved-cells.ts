import type { HostArray } from "@mxgraft/base";
import type { StateCell } from "@mxgraft/tfjs";

/** Copies of what cells hold, so that a run that changes them can be made again. */
export class SavedCells {
  readonly #arrays: ReadonlyMap<StateCell, HostArray>;

  private constructor(arrays: ReadonlyMap<StateCell, HostArray>) {
    this.#arrays = arrays;
  }

  static async of(cells: Iterable<StateCell>): Promise<SavedCells> {
    const arrays = new Map<StateCell, HostArray>();
    for (const cell of cells) arrays.set(cell, await cell.toHost());
    return new SavedCells(arrays);
  }

  restore(): void {
    for (const [cell, array] of this.#arrays) cell.set(array);
  }
}
