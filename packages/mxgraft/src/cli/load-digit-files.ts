import { UsageError } from "@mxgraft/base";
import type { DigitData } from "../digits/digit-set.ts";
import { type LoadDigitDataOptions, loadDigitData } from "../node/load-digit-data.ts";
import { WrongUsage } from "./wrong-usage.ts";

/** Digits from files; says in the words of the command line how ranges have to be given. */
export function loadDigitFiles(folder: string, ranges: LoadDigitDataOptions): DigitData {
  const { trainRange, testRange } = ranges;
  try {
    return loadDigitData(folder, {
      ...(trainRange === undefined ? {} : { trainRange }),
      ...(testRange === undefined ? {} : { testRange }),
    });
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw new WrongUsage(`${error.message} For example: --train-range 0:8000 --test-range 8000:10000.`, error.facts);
  }
}
