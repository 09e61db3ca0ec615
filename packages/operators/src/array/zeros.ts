import { filledAttributes, filledOperator } from "./filled-operator.ts";

/**
 * An array of 0s.
 *
 * Shapes: -> output (`shape`).
 */
export const zeros = filledOperator("_zeros", filledAttributes);
