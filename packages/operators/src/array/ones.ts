import { filledAttributes, filledOperator } from "./filled-operator.ts";

/**
 * An array of 1s.
 *
 * Shapes: -> output (`shape`).
 */
export const ones = filledOperator("_ones", filledAttributes);
