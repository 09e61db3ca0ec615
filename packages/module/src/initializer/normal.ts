import type { HostArray, Random } from "@mxgraft/base";
import { fillArray } from "../fill-array.ts";
import { number, readOptions } from "../read-options.ts";
import { Initializer } from "./initializer.ts";

/**
 * Weights from the normal distribution around 0.
 *
 * @param sigma  standard deviation, in units of the weight; default 0.01.
 */
export class Normal extends Initializer {
  readonly sigma: number;

  constructor(options: number | { readonly sigma?: number } = {}) {
    const given = typeof options === "number" ? { sigma: options } : options;
    const { sigma } = readOptions('Initializer "normal"', given, { sigma: number(0.01, { min: 0 }) });
    super("normal", { sigma });
    this.sigma = sigma;
  }

  override initWeight(_name: string, array: HostArray, random: Random): void {
    fillArray(array, () => this.sigma * random.normal());
  }
}
