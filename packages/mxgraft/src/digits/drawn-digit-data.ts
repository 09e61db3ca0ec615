import { drawDigits } from "@mxgraft/data";
import type { DigitData } from "./digit-set.ts";

export interface DrawnDigitDataOptions {
  /** Digits to learn from; default 3,000. */
  readonly train?: number;
  /** Digits to be tested on; default 1,000. */
  readonly test?: number;
  /** Seed of the digits; default 0. */
  readonly seed?: number;
}

/** Keeps the digits of the test apart from those of the training: seeds are 32 bits, and neighbours are likely used. */
const TEST_SEED = 0x5eed0000;

/** Digits that are drawn, not downloaded; those of the test come from another stream than those of the training. */
export function drawnDigitData({ train = 3000, test = 1000, seed = 0 }: DrawnDigitDataOptions = {}): DigitData {
  return {
    train: drawDigits({ count: train, seed }),
    test: drawDigits({ count: test, seed: seed ^ TEST_SEED }),
    source: "drawn digits",
  };
}
