import { softmaxOperator } from "./softmax-operator.ts";

/**
 * Softmax along one axis: e^(data/T) over its sum, T the temperature.
 *
 * Shapes:
 *   data    argument  any
 *   length  argument  data without `axis`   only with `use_length`: how many elements count; the others give 0
 *   output  output    as data
 *
 * @throws ShapeError  `axis` is out of range.
 */
export const softmax = softmaxOperator({ name: "softmax", aliases: ["_npx_softmax"], takesLength: true });
