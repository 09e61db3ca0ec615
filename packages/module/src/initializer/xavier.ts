import { formatShape, type HostArray, type Random, ShapeError, sizeOf } from "@mxgraft/base";
import { fillArray } from "../fill-array.ts";
import { number, oneOf, readOptions } from "../read-options.ts";
import { Initializer } from "./initializer.ts";

export interface XavierOptions {
  readonly rndType?: "uniform" | "gaussian";
  readonly factorType?: "avg" | "in" | "out";
  readonly magnitude?: number;
}

/**
 * Fills a weight (out, in, ...) with random numbers scaled by how many it connects:
 *
 *   scale = sqrt(magnitude / factor)     factor = fan_in, fan_out, or their mean
 *   fan_in = in * (product of the other axes), fan_out = out * (the same product)
 *
 * @throws ShapeError  the array has fewer than two axes.
 */
export function fillXavier(
  name: string,
  array: HostArray,
  random: Random,
  { rndType, factorType, magnitude }: Required<XavierOptions>,
): void {
  const [out, into, ...window] = array.shape;
  if (out === undefined || into === undefined) {
    throw new ShapeError(
      `Parameter "${name}" has shape ${formatShape(array.shape)}, expected at least two axes for Xavier: its scale comes from how many inputs and outputs a weight connects.`,
      { argument: name, actual: array.shape },
    );
  }
  const area = sizeOf(window);
  const fans = { in: into * area, out: out * area, avg: ((into + out) * area) / 2 };
  const scale = Math.sqrt(magnitude / fans[factorType]);
  if (rndType === "uniform") fillArray(array, () => (2 * random.uniform() - 1) * scale);
  else fillArray(array, () => random.normal() * scale);
}

/**
 * Weights scaled so that signals and gradients keep their size through the layers (Glorot and Bengio, 2010).
 *
 * @param rndType     "uniform" in [-scale, scale), the default, or "gaussian" with deviation scale.
 * @param factorType  what the scale divides by: "avg" (default), "in" or "out".
 * @param magnitude   default 3; scale = sqrt(magnitude / factor).
 * @see fillXavier for the formula.
 */
export class Xavier extends Initializer {
  readonly #options: Required<XavierOptions>;

  constructor(options: XavierOptions = {}) {
    const given = readOptions('Initializer "xavier"', options, {
      rndType: oneOf("uniform", ["uniform", "gaussian"]),
      factorType: oneOf("avg", ["avg", "in", "out"]),
      magnitude: number(3, { min: 0 }),
    });
    super("xavier", { rnd_type: given.rndType, factor_type: given.factorType, magnitude: given.magnitude });
    this.#options = given;
  }

  override initWeight(name: string, array: HostArray, random: Random): void {
    fillXavier(name, array, random, this.#options);
  }
}
