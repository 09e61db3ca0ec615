import type { HostArray } from "@mxgraft/base";
import { fillArray } from "../fill-array.ts";
import { readOptions } from "../read-options.ts";
import { Initializer } from "./initializer.ts";

/** Weights of 1. */
export class One extends Initializer {
  constructor(options: object = {}) {
    readOptions('Initializer "one"', options, {});
    super("one");
  }

  override initWeight(_name: string, array: HostArray): void {
    fillArray(array, () => 1);
  }
}
