import { equalShapes } from "@mxgraft/base";
import type { NoAttributes } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import type { BinaryFunction } from "./binary-kernels.ts";
import { sameType } from "./same-type.ts";
import { sumToShape } from "./sum-to-shape.ts";
import { throughSlope } from "./unary-kernels.ts";

/** The kernels of a function of the elements of two arrays that are repeated along axes of size 1. */
export function broadcastKernels({ forward, slopes }: BinaryFunction): KernelTable<NoAttributes> {
  const portable: TfjsKernel<NoAttributes> = {
    layouts(_, [a = [], b = []]) {
      // Axes are matched from the end, which MXNet's order alone says.
      const order = equalShapes(a, b) ? "any" : undefined;
      return { arguments: [order, order], outputs: [order] };
    },
    forward: ({ inputs: [a, b] }) => (a && b ? [sameType(forward(a, b), a)] : []),
    backward({ inputs: [a, b], outputs: [y], headGradients: [dy], wanted: [left, right], inputShapes }) {
      if (!slopes || !a || !b || !y || !dy) return [undefined, undefined];
      const [shapeA = [], shapeB = []] = inputShapes;
      // Arrays of one shape may be in another order than MXNet's, and there is nothing to sum.
      const reduce = equalShapes(shapeA, shapeB) ? (x: typeof dy) => x : sumToShape;
      return [
        left ? reduce(throughSlope(dy, slopes.left(a, b, y)), shapeA) : undefined,
        right ? reduce(throughSlope(dy, slopes.right(a, b, y)), shapeB) : undefined,
      ];
    },
  };
  return { portable };
}
