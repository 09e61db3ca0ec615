import { type AttributesOf, defaulted, real } from "@mxgraft/operator";
import { filledOperator } from "./filled-operator.ts";
import { randomAttributes } from "./random-attributes.ts";

const attributes = {
  low: defaulted(real, 0, "the least number"),
  high: defaulted(real, 1, "the number below which they stay"),
  ...randomAttributes,
};

export type RandomUniformAttributes = AttributesOf<typeof attributes>;

/**
 * Random numbers, evenly spread from low to high. They come from the executor's seeded stream, not from MXNet's.
 *
 * Shapes: -> output (`shape`).
 */
export const randomUniform = filledOperator<RandomUniformAttributes>("_random_uniform", attributes, [
  "random_uniform",
  "uniform",
]);
