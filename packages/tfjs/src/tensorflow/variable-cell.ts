import { castHostArray, type DType, type Shape } from "@mxgraft/base";
import type { VariableCell } from "../state-cell.ts";
import { checkCellShape } from "../tensor-cell.ts";
import { ResourceVariable } from "./resource-variable.ts";

/**
 * A cell of zeros kept in a resource variable, as float32 whatever its data type.
 *
 * @throws BackendError  the backend "tensorflow" is not loaded.
 */
export function createVariableCell(name: string, shape: Shape, dtype: DType): VariableCell {
  const variable = new ResourceVariable(shape);
  return {
    kind: "variable",
    name,
    shape,
    dtype,
    variable,
    async toHost() {
      const array = await variable.toHost();
      return dtype === "float32" ? array : castHostArray(array, dtype);
    },
    set(array) {
      checkCellShape(name, shape, array);
      variable.set(array);
    },
    dispose: () => variable.dispose(),
  };
}
