import { defineOperator, type OperatorSpec } from "@mxgraft/operator";
import { backwardReads, type Reads } from "./backward-reads.ts";
import { equalShape } from "./equal-shape.ts";
import type { NoAttributes } from "./no-attributes.ts";

interface BinaryOperator {
  readonly name: string;
  readonly aliases?: readonly string[];
  /** What the gradients are computed from; `"zero"` when there are none to compute. */
  readonly gradient: Reads | "zero";
}

/** A function of the elements of two arrays of one shape: lhs, rhs (any) -> output (as lhs). */
export function binaryOperator({ name, aliases = [], gradient }: BinaryOperator): OperatorSpec<NoAttributes> {
  return defineOperator<NoAttributes>({
    name,
    aliases,
    attributes: {},
    arguments: ["lhs", "rhs"],
    needsHeadGradient: gradient !== "zero",
    backwardReads: () => backwardReads(gradient === "zero" ? "nothing" : gradient, 2),
    inferShape: (_, known) => equalShape(known),
  });
}
