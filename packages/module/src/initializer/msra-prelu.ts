import type { HostArray, Random } from "@mxgraft/base";
import { number, oneOf, readOptions } from "../read-options.ts";
import { Initializer } from "./initializer.ts";
import { fillXavier, type XavierOptions } from "./xavier.ts";

export interface MSRAPreluOptions {
  readonly factorType?: "avg" | "in" | "out";
  readonly slope?: number;
}

/**
 * Normal weights for layers before a leaky ReLU (He et al., arXiv 1502.01852): Xavier with magnitude 2 / (1 + slope^2).
 *
 * @param factorType  as for `Xavier`.
 * @param slope       slope of the activation for negative values, default 0.25.
 */
export class MSRAPrelu extends Initializer {
  readonly #options: Required<XavierOptions>;

  constructor(options: MSRAPreluOptions = {}) {
    const { factorType, slope } = readOptions('Initializer "msraprelu"', options, {
      factorType: oneOf("avg", ["avg", "in", "out"]),
      slope: number(0.25),
    });
    super("msraprelu", { factor_type: factorType, slope });
    this.#options = { rndType: "gaussian", factorType, magnitude: 2 / (1 + slope ** 2) };
  }

  override initWeight(name: string, array: HostArray, random: Random): void {
    fillXavier(name, array, random, this.#options);
  }
}
