import { type AttributesOf, boolean, defaulted, defineOperator, type OperatorSpec, real } from "@mxgraft/operator";
import { backwardReads, type Reads } from "./backward-reads.ts";
import { equalShape } from "./equal-shape.ts";

const attributes = {
  scalar: defaulted(real, 1, "the number"),
  is_int: defaulted(boolean, true, "whether the number was written as an integer; only MXNet's NumPy operators use it"),
};

export type ScalarAttributes = AttributesOf<typeof attributes>;

interface ScalarOperator {
  readonly name: string;
  readonly aliases?: readonly string[];
  /** What the gradient is computed from; `"zero"` when there is none to compute. */
  readonly gradient: Reads | "zero";
}

/** A function of each element and of a number, the attribute `scalar`: data (any) -> output (as data). */
export function scalarOperator({ name, aliases = [], gradient }: ScalarOperator): OperatorSpec<ScalarAttributes> {
  return defineOperator<ScalarAttributes>({
    name,
    aliases,
    attributes,
    needsHeadGradient: gradient !== "zero",
    backwardReads: () => backwardReads(gradient === "zero" ? "nothing" : gradient, 1),
    inferShape: (_, known) => equalShape(known),
  });
}
