import { type Shape, sizeOf } from "@mxgraft/base";
import type { GraphBuilder, GraphValue } from "@mxgraft/operator";

/** Whole numbers as a vector, which is what TensorFlow's operators take shapes, axes and places as. */
export function integers(graph: GraphBuilder, values: readonly number[]): GraphValue {
  return graph.constant(values, "int32", [values.length]);
}

/** The sizes of a value, at run time. */
export function shapeOf(graph: GraphBuilder, x: GraphValue): GraphValue {
  return graph.one("Shape", [x], { out_type: { type: "int32" } });
}

/** The size of one axis of a value as a number, at run time. */
export function sizeAt(graph: GraphBuilder, x: GraphValue, axis: number): GraphValue {
  const at = (i: number) => integers(graph, [i]);
  return graph.one("StridedSlice", [shapeOf(graph, x), at(axis), at(axis + 1), at(1)], { shrink_axis_mask: 1 });
}

/** The number of elements of a value as a float32, at run time. */
export function countOf(graph: GraphBuilder, x: GraphValue): GraphValue {
  const size = graph.one("Size", [x], { out_type: { type: "int32" } });
  return graph.one("Cast", [size], { DstT: { type: "float32" } });
}

/** A value in another shape. The size of its first axis follows from the others, so that batches of all sizes fit. */
export function reshaped(graph: GraphBuilder, x: GraphValue, shape: Shape): GraphValue {
  const [first, ...rest] = shape;
  const target = first === undefined || sizeOf(rest) === 0 ? shape : [-1, ...rest];
  return graph.one("Reshape", [x, integers(graph, target)]);
}

/** A value in the shape that another one has at run time. */
export function reshapedLike(graph: GraphBuilder, x: GraphValue, like: GraphValue): GraphValue {
  return graph.one("Reshape", [x, shapeOf(graph, like)]);
}

/** The size of the first axis of a value, at run time, and other sizes behind it, as a vector. */
export function batchShape(graph: GraphBuilder, like: GraphValue, rest: Shape): GraphValue {
  const first = graph.one("Slice", [shapeOf(graph, like), integers(graph, [0]), integers(graph, [1])]);
  return graph.one("ConcatV2", [[first, integers(graph, rest)], graph.constant(0, "int32")]);
}

/** A shape as a vector; the size of its first axis is asked of a value that has the same one, if it has. */
export function shapeAtRun(graph: GraphBuilder, shape: Shape, like: GraphValue, likeShape: Shape): GraphValue {
  const shared = shape.length > 0 && shape[0] === likeShape[0];
  return shared ? batchShape(graph, like, shape.slice(1)) : integers(graph, shape);
}

/** The sum over some axes. */
export function summed(graph: GraphBuilder, x: GraphValue, axes: readonly number[], keep = false): GraphValue {
  return axes.length === 0 ? x : graph.one("Sum", [x, integers(graph, axes)], { keep_dims: keep });
}

/** The sum over the axes along which an array of `shape` was repeated to `from`, the shape of a value. */
export function sumToShape(graph: GraphBuilder, x: GraphValue, from: Shape, shape: Shape): GraphValue {
  const missing = from.length - shape.length;
  const axes = from.flatMap((size, axis) => ((shape[axis - missing] ?? 1) === 1 && size !== 1 ? [axis] : []));
  if (axes.length === 0 && missing === 0) return x;
  return reshaped(graph, summed(graph, x, axes), shape);
}
