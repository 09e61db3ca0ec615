import { regressionOutput } from "./regression-output.ts";

/**
 * Regression with the absolute error as the loss.
 *
 *   output = data, gradient = grad_scale sign(output - label) / D
 *
 * Shapes (N batch, D outputs of a sample in all):
 *   data    argument  (N, ...)
 *   label   argument  as data, or another shape of as many elements with batch N; no gradient
 *   output  output    as data
 *
 * @throws ShapeError  `label` has another number of elements or another batch.
 */
export const maeRegressionOutput = regressionOutput("MAERegressionOutput");
