import { normalizeAxis, type Shape } from "@mxgraft/base";
import type { GraphBuilder, Lowering } from "@mxgraft/operator";
import {
  axisSlice,
  type CropAttributes,
  cropOffset,
  type SliceAttributes,
  type SliceAxisAttributes,
  sliceAxisBounds,
} from "@mxgraft/operators";
import { given } from "../given.ts";
import { integers, shapeAtRun } from "../shapes.ts";

/** Elements begin, begin + step, ... of each axis of an array; negative steps go backwards. */
interface Lattice {
  readonly begin: Shape;
  readonly step: Shape;
}

/** The arguments of StridedSlice and of its gradient. Axes that are taken whole are so whatever their size is. */
function stridesOf(graph: GraphBuilder, { begin, step }: Lattice, data: Shape, output: Shape) {
  let [begin_mask, end_mask] = [0, 0];
  const ends = output.map((count, axis) => {
    const [first = 0, by = 1] = [begin[axis], step[axis]];
    const isWhole = count === data[axis] && Math.abs(by) === 1;
    const end = first + (count - 1) * by + Math.sign(by);
    if (isWhole) begin_mask |= 1 << axis;
    // An end of -1 would be the last element.
    if (isWhole || end < 0) end_mask |= 1 << axis;
    return isWhole || end < 0 ? 0 : end;
  });
  const begins = begin.map((first, axis) => (begin_mask & (1 << axis) ? 0 : first));
  return {
    bounds: [integers(graph, begins), integers(graph, ends), integers(graph, step)],
    masks: { begin_mask, end_mask },
  };
}

/**
 * The lowering of an operator that takes evenly spaced elements of its first argument.
 *
 * @param latticeOf  which ones, for the shapes of the argument and of the output.
 */
function latticeLowering<A extends object>(
  latticeOf: (attributes: A, data: Shape, output: Shape) => Lattice,
): Lowering<A> {
  return {
    forward({ graph, attributes, inputs: [data], inputShapes: [shape = []], outputShapes: [output = []] }) {
      const { bounds, masks } = stridesOf(graph, latticeOf(attributes, shape, output), shape, output);
      return [graph.one("StridedSlice", [given(data, "data"), ...bounds], masks)];
    },
    backward({ graph, attributes, inputShapes: [shape = []], outputShapes: [output = []], headGradients: [dy] }) {
      if (!dy) return [];
      const { bounds, masks } = stridesOf(graph, latticeOf(attributes, shape, output), shape, output);
      return [graph.one("StridedSliceGrad", [shapeAtRun(graph, shape, dy, output), ...bounds, dy], masks)];
    },
  };
}

const fromStart = (data: Shape): Lattice => ({ begin: data.map(() => 0), step: data.map(() => 1) });

/** Lowerings of the operators that take a part of an array, by MXNet's names. */
export const latticeLowerings = {
  Crop: latticeLowering<CropAttributes>((attributes, data, output) => ({
    ...fromStart(data),
    begin: [0, 0, ...cropOffset(attributes, data.slice(2), output.slice(2))],
  })),
  slice: latticeLowering<SliceAttributes>((attributes, data) => {
    const axes = data.map((size, axis) => axisSlice(attributes, axis, size));
    return { begin: axes.map(({ begin }) => begin), step: axes.map(({ step }) => step) };
  }),
  slice_axis: latticeLowering<SliceAxisAttributes>((attributes, data) => {
    const axis = normalizeAxis(attributes.axis, data.length, 'attribute "axis"');
    const [begin] = sliceAxisBounds(attributes, data[axis] ?? 0);
    return { ...fromStart(data), begin: data.map((_, i) => (i === axis ? begin : 0)) };
  }),
  slice_like: latticeLowering((_, data) => fromStart(data)),
} as const;
