import { softmaxOperator } from "./softmax-operator.ts";

/**
 * The logarithm of softmax along one axis: data/T - log(sum of e^(data/T)), T the temperature.
 *
 * Shapes: data (any) -> output (as data).
 *
 * @throws ShapeError  `axis` is out of range.
 */
export const logSoftmax = softmaxOperator({ name: "log_softmax", aliases: ["_npx_log_softmax"] });
