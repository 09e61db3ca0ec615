import { type AttributesOf, real, required } from "@mxgraft/operator";
import { filledAttributes, filledOperator } from "./filled-operator.ts";

const attributes = {
  ...filledAttributes,
  value: required(real, "the value of all elements"),
};

export type FullAttributes = AttributesOf<typeof attributes>;

/**
 * An array of one value.
 *
 * Shapes: -> output (`shape`).
 */
export const full = filledOperator<FullAttributes>("_full", attributes);
