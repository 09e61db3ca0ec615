import type { BenchCase } from "./bench-case.ts";
import { centerCases } from "./center-cases.ts";
import { lenetCases } from "./lenet-cases.ts";
import { resnet18Cases } from "./resnet18-cases.ts";

/** Everything that is measured, in the order of the results. */
export const cases: readonly BenchCase[] = [...lenetCases, ...centerCases, ...resnet18Cases];
