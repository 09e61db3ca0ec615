import { equalShapes, formatShape, type HostArray, ShapeError } from "@mxgraft/base";
import type { StateCell } from "@mxgraft/executor";
import { cellOf } from "./binding.ts";

/** Arrays for the cells of some names. */
export interface ArraysForCells {
  readonly names: readonly string[];
  readonly cells: ReadonlyMap<string, StateCell>;
  /** Those of other names are left out. */
  readonly arrays: ReadonlyMap<string, HostArray>;
}

/**
 * Puts arrays into cells, all or none.
 *
 * @throws ShapeError  naming every array whose shape is not that of its cell.
 */
export function storeArrays(groups: readonly ArraysForCells[]): void {
  const pairs: { cell: StateCell; array: HostArray }[] = [];
  for (const { names, cells, arrays } of groups) {
    for (const name of names) {
      const array = arrays.get(name);
      if (array !== undefined) pairs.push({ cell: cellOf(cells, name), array });
    }
  }
  const wrong = pairs.filter(({ cell, array }) => !equalShapes(cell.shape, array.shape));
  const [first] = wrong;
  if (first !== undefined) {
    const found = wrong.map(
      ({ cell, array }) => `"${cell.name}" is ${formatShape(array.shape)}, expected ${formatShape(cell.shape)}`,
    );
    throw new ShapeError(`${wrong.length} of ${pairs.length} parameters have another shape: ${found.join("; ")}.`, {
      argument: first.cell.name,
      expected: first.cell.shape,
      actual: first.array.shape,
    });
  }
  for (const { cell, array } of pairs) cell.set(array);
}
