import type { Shape } from "@mxgraft/base";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import { atLattice, type Lattice, latticeElements } from "./lattice.ts";

/**
 * The kernels of an operator that takes evenly spaced elements of its first argument.
 *
 * @param latticeOf  which ones, for the shapes of the argument and of the output.
 */
export function latticeKernels<A extends object>(
  latticeOf: (attributes: A, data: Shape, output: Shape) => Lattice,
): KernelTable<A> {
  const portable: TfjsKernel<A> = {
    forward({ attributes, inputs: [data], outputShapes: [shape] }) {
      return data && shape ? [latticeElements(data, latticeOf(attributes, data.shape, shape), shape)] : [];
    },
    backward({ attributes, headGradients: [dy], inputShapes: [shape] }) {
      return dy && shape ? [atLattice(dy, latticeOf(attributes, shape, dy.shape), shape)] : [];
    },
  };
  return { portable };
}
