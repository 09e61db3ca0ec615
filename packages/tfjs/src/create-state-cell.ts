import type { DType, Shape } from "@mxgraft/base";
import type { StateStorage } from "@mxgraft/operator";
import { createHostCell } from "./host-cell.ts";
import type { StateCell } from "./state-cell.ts";
import { createTensorCell } from "./tensor-cell.ts";
import { createVariableCell } from "./tensorflow/variable-cell.ts";

export interface StateDescription {
  readonly name: string;
  readonly shape: Shape;
  readonly dtype: DType;
  readonly storage: StateStorage;
}

/**
 * A cell of zeros for an auxiliary state, kept the way its kernel asked for.
 *
 * @throws BackendError  the current backend has no variables.
 */
export function createStateCell({ name, shape, dtype, storage }: StateDescription): StateCell {
  switch (storage) {
    case "tensor":
      return createTensorCell(name, shape, dtype);
    case "host":
      return createHostCell(name, shape, dtype);
    case "variable":
      return createVariableCell(name, shape, dtype);
    default:
      return storage satisfies never;
  }
}
