import type { HostArray, Random } from "@mxgraft/base";
import { fillArray } from "../fill-array.ts";
import { number, readOptions } from "../read-options.ts";
import { Initializer } from "./initializer.ts";

/**
 * Weights from [-scale, scale), each as likely as the others.
 *
 * @param scale  bound, in units of the weight; default 0.07.
 */
export class Uniform extends Initializer {
  readonly scale: number;

  constructor(options: number | { readonly scale?: number } = {}) {
    const given = typeof options === "number" ? { scale: options } : options;
    const { scale } = readOptions('Initializer "uniform"', given, { scale: number(0.07) });
    super("uniform", { scale });
    this.scale = scale;
  }

  override initWeight(_name: string, array: HostArray, random: Random): void {
    fillArray(array, () => (2 * random.uniform() - 1) * this.scale);
  }
}
