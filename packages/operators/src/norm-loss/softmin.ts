import { softmaxOperator } from "./softmax-operator.ts";

/**
 * Softmax of -data along one axis: e^(-data/T) over its sum, T the temperature.
 *
 * Shapes: data (any) -> output (as data).
 *
 * @throws ShapeError  `axis` is out of range.
 */
export const softmin = softmaxOperator({ name: "softmin" });
