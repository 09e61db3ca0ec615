import { defineOperator, type OperatorSpec } from "@mxgraft/operator";
import { backwardReads, type Reads } from "./backward-reads.ts";
import { equalShape } from "./equal-shape.ts";
import type { NoAttributes } from "./no-attributes.ts";

interface UnaryOperator {
  readonly name: string;
  readonly aliases?: readonly string[];
  /** What the gradient is computed from; `"zero"` when there is none to compute. */
  readonly gradient: Reads | "zero";
  /** Whether the function falls nowhere; not said of all of which it is true. */
  readonly keepsOrder?: boolean;
}

/** A function of each element, without attributes: data (any) -> output (as data). */
export function unaryOperator({
  name,
  aliases = [],
  gradient,
  keepsOrder = false,
}: UnaryOperator): OperatorSpec<NoAttributes> {
  return defineOperator<NoAttributes>({
    name,
    aliases,
    attributes: {},
    // A gradient that is zero asks for nothing, so an output may be a head without a gradient of its own.
    needsHeadGradient: gradient !== "zero",
    backwardReads: () => backwardReads(gradient === "zero" ? "nothing" : gradient, 1),
    keepsOrder: () => keepsOrder,
    inferShape: (_, known) => equalShape(known),
  });
}
