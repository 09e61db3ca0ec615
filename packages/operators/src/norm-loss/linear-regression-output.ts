import { regressionOutput } from "./regression-output.ts";

/**
 * Linear regression: the loss is the squared error.
 *
 *   output = data, gradient = grad_scale (output - label) / D
 *
 * Shapes (N batch, D outputs of a sample in all):
 *   data    argument  (N, ...)
 *   label   argument  as data, or another shape of as many elements with batch N; no gradient
 *   output  output    as data
 *
 * @throws ShapeError  `label` has another number of elements or another batch.
 */
export const linearRegressionOutput = regressionOutput("LinearRegressionOutput");
