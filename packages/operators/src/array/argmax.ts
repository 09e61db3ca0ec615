import { argExtremum } from "./arg-extremum.ts";

/**
 * Index of the greatest element along an axis, of equal ones the first.
 *
 * Shapes: data (any) -> output (without the axis; indices as data's type).
 */
export const argmax = argExtremum("argmax");
