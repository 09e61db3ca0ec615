import type { HostArray } from "@mxgraft/base";
import { readOptions } from "../read-options.ts";
import { bilinearWeight } from "./bilinear-weight.ts";
import { Initializer } from "./initializer.ts";

/** Weights (.., .., H, W) with which a transposed convolution enlarges by bilinear interpolation. */
export class Bilinear extends Initializer {
  constructor(options: object = {}) {
    readOptions('Initializer "bilinear"', options, {});
    super("bilinear");
  }

  override initWeight(name: string, array: HostArray): void {
    bilinearWeight(name, array);
  }
}
