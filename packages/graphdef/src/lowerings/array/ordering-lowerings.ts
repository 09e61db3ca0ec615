import { normalizeAxis, type Shape, sizeOf } from "@mxgraft/base";
import { type GraphBuilder, type GraphValue, type Lowering, tensorType } from "@mxgraft/operator";
import type { ArgsortAttributes, SortAttributes, TopkAttributes } from "@mxgraft/operators";
import { cast, unary } from "../arithmetic.ts";
import { given } from "../given.ts";
import { integers, reshaped, shapeAtRun, sizeAt } from "../shapes.ts";
import { acrossRows } from "./across-rows.ts";

/** An axis that is ordered; `null`: all elements, flattened. */
interface Ordering {
  readonly axis: number | null;
  readonly is_ascend: boolean;
}

/** The order of axes that exchanges one axis with the last, which is its own opposite; `undefined` for the last. */
function exchange(axis: number | null, rank: number): number[] | undefined {
  if (axis === null) return undefined;
  const at = normalizeAxis(axis, rank, 'attribute "axis"');
  if (at === rank - 1) return undefined;
  return Array.from({ length: rank }, (_, i) => i)
    .with(at, rank - 1)
    .with(rank - 1, at);
}

function exchanged(graph: GraphBuilder, x: GraphValue, axis: number | null, rank: number): GraphValue {
  const order = exchange(axis, rank);
  return order ? graph.one("Transpose", [x, integers(graph, order)]) : x;
}

/**
 * Elements along an axis in order, and where they come from (int32); of equal ones the first comes first.
 *
 * @param k  how many; all when less than 1.
 */
function ordered(graph: GraphBuilder, x: GraphValue, shape: Shape, { axis, is_ascend }: Ordering, k: number) {
  const last =
    axis === null ? graph.one("Reshape", [x, integers(graph, [-1])]) : exchanged(graph, x, axis, shape.length);
  // TensorFlow finds the greatest only; the least are the greatest of the negative.
  const seen = is_ascend ? unary(graph, "Neg", last) : last;
  const count = k < 1 ? sizeAt(graph, last, axis === null ? 0 : shape.length - 1) : graph.constant(k, "int32");
  const [values, indices] = graph.node("TopKV2", [seen, count]);
  const found = given(values, "the values");
  const chosen = k < 1 ? (axis === null ? sizeOf(shape) : (shape.at(axis) ?? 1)) : k;
  return {
    /** Their shape. */
    output: axis === null ? [chosen] : shape.with(normalizeAxis(axis, shape.length, 'attribute "axis"'), chosen),
    values: exchanged(graph, is_ascend ? unary(graph, "Neg", found) : found, axis, shape.length),
    indices: exchanged(graph, given(indices, "the indices"), axis, shape.length),
  };
}

/** Numbers put back to where ordered elements came from, and zeros elsewhere: the gradient of `ordered`. */
function putBack(
  graph: GraphBuilder,
  dy: GraphValue,
  indices: GraphValue,
  axis: number | null,
  { shape, output }: { readonly shape: Shape; readonly output: Shape },
): GraphValue {
  const rank = shape.length;
  const order = exchange(axis, rank) ?? [...shape.keys()];
  const whole = axis === null ? [sizeOf(shape)] : order.map((from) => shape[from] ?? 1);
  const chosen = axis === null ? output : order.map((from) => output[from] ?? 1);
  const size = whole.at(-1) ?? 1;
  const flat = (x: GraphValue) => graph.one("Reshape", [x, integers(graph, [-1])]);
  const values = exchanged(graph, dy, axis, rank);
  const ids = exchanged(graph, cast(graph, indices, "int32"), axis, rank);
  const within = graph.one("Reshape", [ids, integers(graph, [-1, chosen.at(-1) ?? 1])]);
  const { places, total } = acrossRows(graph, within, sizeAt(graph, within, 0), size);
  const sums = graph.one("UnsortedSegmentSum", [flat(values), flat(places), total]);
  if (axis === null) return reshaped(graph, sums, shape);
  const back = graph.one("Reshape", [sums, shapeAtRun(graph, whole, values, chosen)]);
  return exchanged(graph, back, axis, rank);
}

const topk: Lowering<TopkAttributes> = {
  forward({ graph, attributes, inputs: [data], inputShapes: [shape = []] }) {
    const { axis, ret_typ, k, dtype } = attributes;
    const x = given(data, "data");
    const { values, indices, output } = ordered(graph, x, shape, attributes, k);
    const places = () => cast(graph, indices, tensorType(dtype));
    switch (ret_typ) {
      case "indices":
        return [places()];
      case "mask":
        return [putBack(graph, unary(graph, "OnesLike", values), indices, axis, { shape, output })];
      default:
        return [values, places()];
    }
  },
  backward({ graph, attributes: { axis }, inputShapes: [shape = []], outputShapes: [output = []], ...call }) {
    const [dy] = call.headGradients;
    const indices = call.outputs[1];
    return dy && indices ? [putBack(graph, dy, indices, axis, { shape, output })] : [];
  },
};

const sort: Lowering<SortAttributes> = {
  forward({ graph, attributes, inputs: [data], inputShapes: [shape = []] }) {
    const { values, indices } = ordered(graph, given(data, "data"), shape, attributes, 0);
    return [values, indices];
  },
  backward({ graph, attributes: { axis }, inputShapes: [shape = []], outputs: [, indices], headGradients: [dy] }) {
    return dy && indices
      ? [putBack(graph, dy, indices, axis, { shape, output: axis === null ? [sizeOf(shape)] : shape })]
      : [];
  },
};

const argsort: Lowering<ArgsortAttributes> = {
  forward({ graph, attributes, inputs: [data], inputShapes: [shape = []] }) {
    const { indices } = ordered(graph, given(data, "data"), shape, attributes, 0);
    return [cast(graph, indices, tensorType(attributes.dtype))];
  },
  backward: () => [],
};

/** Lowerings of the operators that put elements in order, by MXNet's names. */
export const orderingLowerings = { argsort, sort, topk } as const;
