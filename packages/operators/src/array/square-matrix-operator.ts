import type { Shape } from "@mxgraft/base";
import { defineOperator, type OperatorSpec } from "@mxgraft/operator";
import type { NoAttributes } from "../elementwise/no-attributes.ts";
import { requireSquare } from "./square-matrices.ts";

interface SquareMatrixOperator {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly outputs?: readonly string[];
  /** Shape of each output from that of A; that of A when absent. */
  readonly outputShape?: (shape: Shape) => Shape;
  /** What backward reads; the outputs alone when absent. */
  readonly backwardReads?: { readonly arguments: readonly number[]; readonly outputs: readonly number[] };
}

/** One number for each matrix of a stack, of shape (1) when there is no stack. */
export const perMatrix = (shape: Shape): Shape => (shape.length > 2 ? shape.slice(0, -2) : [1]);

/** An operator without attributes on each matrix of a stack. */
export function squareMatrixOperator(operator: SquareMatrixOperator): OperatorSpec<NoAttributes> {
  const { name, aliases, outputs = ["output"], outputShape = (shape) => shape, backwardReads } = operator;
  return defineOperator<NoAttributes>({
    name,
    aliases,
    attributes: {},
    arguments: ["A"],
    outputs,
    backwardReads: () => backwardReads ?? { arguments: [], outputs: [0] },
    inferShape(_, { arguments: [a] }) {
      requireSquare("A", a);
      return a ? { outputs: outputs.map(() => outputShape(a)) } : {};
    },
  });
}
