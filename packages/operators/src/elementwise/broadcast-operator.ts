import { formatShape, type Shape, ShapeError } from "@mxgraft/base";
import { defineOperator, type OperatorSpec } from "@mxgraft/operator";
import { backwardReads, type Reads } from "./backward-reads.ts";
import type { NoAttributes } from "./no-attributes.ts";

interface BroadcastOperator {
  readonly name: string;
  readonly aliases?: readonly string[];
  /** What the gradients are computed from besides the shapes; `"zero"` when there are none to compute. */
  readonly gradient: Reads | "zero";
}

/**
 * The shape two arrays are repeated to; an axis of size 1, or one that is not there, fits every size.
 *
 * @throws ShapeError  two sizes differ and neither is 1.
 */
function broadcastShape(lhs: Shape, rhs: Shape): Shape {
  const rank = Math.max(lhs.length, rhs.length);
  const size = (shape: Shape, axis: number) => shape[shape.length - rank + axis] ?? 1;
  return Array.from({ length: rank }, (_, axis) => {
    const [a, b] = [size(lhs, axis), size(rhs, axis)];
    if (a === b || b === 1) return a;
    if (a === 1) return b;
    if (a === 0 || b === 0) return a || b;
    throw new ShapeError(
      `argument "rhs" has shape ${formatShape(rhs)}, which cannot be repeated to fit "lhs" ${formatShape(lhs)}: axis ${axis} has ${b} and ${a} elements.`,
      { argument: "rhs", actual: rhs, expected: lhs },
    );
  });
}

/** A function of the elements of two arrays, which are repeated along axes of size 1: lhs, rhs -> output. */
export function broadcastOperator({ name, aliases = [], gradient }: BroadcastOperator): OperatorSpec<NoAttributes> {
  return defineOperator<NoAttributes>({
    name,
    aliases,
    attributes: {},
    arguments: ["lhs", "rhs"],
    needsHeadGradient: gradient !== "zero",
    backwardReads: () => backwardReads(gradient === "zero" ? "nothing" : gradient, 2),
    inferShape(_, { arguments: [lhs, rhs] }) {
      return lhs && rhs ? { outputs: [broadcastShape(lhs, rhs)] } : {};
    },
  });
}
