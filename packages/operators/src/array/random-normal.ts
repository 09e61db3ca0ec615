import { type AttributesOf, defaulted, real } from "@mxgraft/operator";
import { filledOperator } from "./filled-operator.ts";
import { randomAttributes } from "./random-attributes.ts";

const attributes = {
  loc: defaulted(real, 0, "the mean"),
  scale: defaulted(real, 1, "the standard deviation"),
  ...randomAttributes,
};

export type RandomNormalAttributes = AttributesOf<typeof attributes>;

/**
 * Random numbers of a normal distribution. They come from the executor's seeded stream, not from MXNet's.
 *
 * Shapes: -> output (`shape`).
 */
export const randomNormal = filledOperator<RandomNormalAttributes>("_random_normal", attributes, [
  "random_normal",
  "normal",
]);
