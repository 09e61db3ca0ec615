import type { HostArray } from "@mxgraft/base";
import { fillWithZeros } from "../fill-with-zeros.ts";
import { readOptions } from "../read-options.ts";
import { Initializer } from "./initializer.ts";

/** Weights of 0. */
export class Zero extends Initializer {
  constructor(options: object = {}) {
    readOptions('Initializer "zero"', options, {});
    super("zero");
  }

  override initWeight(_name: string, array: HostArray): void {
    fillWithZeros(array);
  }
}
