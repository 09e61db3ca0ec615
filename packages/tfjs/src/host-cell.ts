import { castHostArray, type DType, hostArray, type Shape } from "@mxgraft/base";
import { NDArray } from "@mxgraft/operator";
import type { HostCell } from "./state-cell.ts";
import { checkCellShape } from "./tensor-cell.ts";

/** A cell of zeros kept in JavaScript memory. */
export function createHostCell(name: string, shape: Shape, dtype: DType): HostCell {
  const array = NDArray.fromHost(hostArray(dtype, shape));
  return {
    kind: "host",
    name,
    shape,
    dtype,
    array,
    toHost: async () => castHostArray(array.toHost(), dtype),
    set(given) {
      checkCellShape(name, shape, given);
      array.set(NDArray.fromHost(given));
    },
    // JavaScript memory needs no freeing.
    dispose: () => {},
  };
}
