import { type Shape, sizeOf } from "@mxgraft/base";
import type { GraphAttribute, GraphBuilder, GraphValue, Lowering } from "@mxgraft/operator";
import { type PoolingAttributes, type PoolingWindow, poolingWindow } from "@mxgraft/operators";
import { binary, mul, unary } from "../arithmetic.ts";
import { given } from "../given.ts";
import { batchShape, integers } from "../shapes.ts";

/** What MXNet starts a maximum from: the lowest float32, which is also the maximum of a window without data. */
const LOWEST = -3.4028234663852886e38;

/** Pooling over two axes of data (N, H, W, C) in memory. */
interface Plan {
  readonly window: PoolingWindow;
  readonly kernel: Shape;
  readonly strides: Shape;
  /** Rows that the windows reach on both ends of the two axes. */
  readonly rows: readonly (readonly [number, number])[];
  readonly attributes: Readonly<Record<string, GraphAttribute>>;
  readonly sizes: Shape;
  readonly channels: number;
  /** There is one spatial axis, which becomes the first of two. */
  readonly isLifted: boolean;
}

function planOf(attributes: PoolingAttributes, shape: Shape, old: boolean): Plan {
  const channelsLast = attributes.layout?.endsWith("C") ?? false;
  const own = channelsLast ? shape.slice(1, -1) : shape.slice(2);
  const window = poolingWindow(attributes, own, old);
  const isLifted = own.length === 1;
  const filled = (values: Shape, value: number) => (isLifted ? [...values, value] : values);
  const ends = filled(window.padEnd, 0);
  const [kernel, strides] = [filled(window.kernel, 1), filled(window.stride, 1)];
  return {
    window,
    kernel,
    strides,
    rows: filled(window.pad, 0).map((before, i) => [before, Math.max(ends[i] ?? 0, 0)] as const),
    attributes: { ksize: [1, ...kernel, 1], strides: [1, ...strides, 1] },
    sizes: filled(own, 1),
    channels: (channelsLast ? shape.at(-1) : shape[1]) ?? 1,
    isLifted,
  };
}

const isPadded = ({ rows }: Plan) => rows.some(([before, after]) => before > 0 || after > 0);

function lift(graph: GraphBuilder, x: GraphValue, { isLifted }: Plan): GraphValue {
  return isLifted ? graph.one("ExpandDims", [x, graph.constant(2, "int32")]) : x;
}

function unlift(graph: GraphBuilder, x: GraphValue, { isLifted }: Plan): GraphValue {
  return isLifted ? graph.one("Squeeze", [x], { squeeze_dims: [2] }) : x;
}

function padded(graph: GraphBuilder, x: GraphValue, plan: Plan, value: number): GraphValue {
  if (!isPadded(plan)) return x;
  const rows = graph.constant([0, 0, ...plan.rows.flat(), 0, 0], "int32", [4, 2]);
  return graph.one("PadV2", [x, rows, graph.constant(value)]);
}

function unpadded(graph: GraphBuilder, x: GraphValue, plan: Plan): GraphValue {
  if (!isPadded(plan)) return x;
  const begin = integers(graph, [0, ...plan.rows.map(([before]) => before), 0]);
  return graph.one("Slice", [x, begin, integers(graph, [-1, ...plan.sizes, -1])]);
}

const VALID = { padding: "VALID", data_format: "NHWC" } as const;

/** The mean of each window over all its points; padding is 0. */
function mean(graph: GraphBuilder, x: GraphValue, plan: Plan): GraphValue {
  const output = graph.one("AvgPool", [padded(graph, lift(graph, x, plan), plan, 0)], { ...plan.attributes, ...VALID });
  return unlift(graph, output, plan);
}

function meanGradient(graph: GraphBuilder, head: GraphValue, plan: Plan): GraphValue {
  const dy = lift(graph, head, plan);
  const sizes = plan.sizes.map((size, i) => size + (plan.rows[i]?.[0] ?? 0) + (plan.rows[i]?.[1] ?? 0));
  const shape = batchShape(graph, dy, [...sizes, plan.channels]);
  const gradient = graph.one("AvgPoolGrad", [shape, dy], { ...plan.attributes, ...VALID });
  return unlift(graph, unpadded(graph, gradient, plan), plan);
}

/** What the mean over a whole window, padding and all, is multiplied with: a number, or one for each place. */
function factorOf(
  graph: GraphBuilder,
  attributes: PoolingAttributes,
  { window, sizes }: Plan,
  old: boolean,
): GraphValue | number {
  if (attributes.pool_type !== "avg") return sizeOf(window.kernel);
  if (old || attributes.global_pool) return 1;
  const countsPad = attributes.count_include_pad ?? true;
  const rows = window.output.map((count, axis) => {
    const [size = 0, kernel = 1, pad = 0] = [sizes[axis], window.kernel[axis], window.pad[axis]];
    return Array.from({ length: count }, (_, i) => {
      const start = i * (window.stride[axis] ?? 1) - pad;
      const end = Math.min(start + kernel, countsPad ? size + pad : size);
      const points = end - (countsPad ? start : Math.max(start, 0));
      // The last window of convention "full" can lie outside of the data.
      return points > 0 ? kernel / points : 0;
    });
  });
  if (rows.every((factors) => factors.every((factor) => factor === 1))) return 1;
  const products = rows.reduce((before, factors) => before.flatMap((a) => factors.map((b) => a * b)), [1]);
  return graph.constant(products, "float32", [1, ...window.output, 1]);
}

function power(graph: GraphBuilder, x: GraphValue, p: number): GraphValue {
  if (p === 1) return x;
  const square = unary(graph, "Square", x);
  return p === 2 ? square : mul(graph, x, square);
}

function root(graph: GraphBuilder, x: GraphValue, p: number): GraphValue {
  if (p === 1) return x;
  if (p === 2) return unary(graph, "Sqrt", x);
  return mul(graph, unary(graph, "Sign", x), binary(graph, "Pow", unary(graph, "Abs", x), 1 / 3));
}

/** Fewer channels do not fill a register, which the native operators want. */
const LEAST_CHANNELS = 8;

/** The attributes of the native operators of max pooling, if they are there. */
function nativeAttributes(graph: GraphBuilder, { kernel, strides, rows, channels }: Plan) {
  if (channels < LEAST_CHANNELS || !graph.offers("MxgraftMaxPool")) return undefined;
  return { kernel, strides, rows: rows.flat() };
}

/** A window that may lie in the padding altogether has a maximum only if the padding is there as data. */
function maxAttributes(plan: Plan): { readonly pads: boolean; readonly attributes: Plan["attributes"] } {
  if (!isPadded(plan)) return { pads: false, attributes: { ...plan.attributes, ...VALID } };
  const { kernel } = plan.window;
  const pads = plan.rows.some(([before, after], i) => Math.max(before, after) >= (kernel[i] ?? 1));
  if (pads) return { pads, attributes: { ...plan.attributes, ...VALID } };
  const explicit_paddings = [0, 0, ...plan.rows.flat(), 0, 0];
  return { pads, attributes: { ...plan.attributes, padding: "EXPLICIT", explicit_paddings, data_format: "NHWC" } };
}

function poolingLoweringOf(old: boolean): Lowering<PoolingAttributes> {
  return {
    // Over three axes the recorder takes what the kernel does.
    accepts: (_, [shape = []]) => shape.length < 5,
    forward({ graph, attributes, inputs, inputShapes: [shape = []], isTrain }) {
      const data = given(inputs[0], "data");
      const { pool_type } = attributes;
      const plan = planOf(attributes, shape, old);
      if (pool_type === "max") {
        const x = lift(graph, data, plan);
        const native = nativeAttributes(graph, plan);
        if (native) {
          const [output, places] = graph.node("MxgraftMaxPool", [x], { ...native, keeps: isTrain });
          const outputs = [unlift(graph, given(output, "the output"), plan)];
          return isTrain ? { outputs, saved: [given(places, "the places")] } : outputs;
        }
        const { pads, attributes: own } = maxAttributes(plan);
        return [unlift(graph, graph.one("MaxPool", [pads ? padded(graph, x, plan, LOWEST) : x], own), plan)];
      }
      const factor = factorOf(graph, attributes, plan, old);
      const p = pool_type === "lp" ? (attributes.p_value ?? 1) : 1;
      return [root(graph, mul(graph, mean(graph, power(graph, data, p), plan), factor), p)];
    },
    backward({ graph, attributes, inputs, outputs, saved, headGradients: [dy], inputShapes: [shape = []] }) {
      if (!dy) return [];
      const { pool_type } = attributes;
      const plan = planOf(attributes, shape, old);
      if (pool_type === "max") {
        const native = nativeAttributes(graph, plan);
        if (native) {
          const arrays = [given(saved[0], "the places"), lift(graph, dy, plan)];
          return [unlift(graph, graph.one("MxgraftMaxPoolGradient", arrays, { ...native, sizes: plan.sizes }), plan)];
        }
        const { pads, attributes: own } = maxAttributes(plan);
        const x = lift(graph, given(inputs[0], "data"), plan);
        const seen = pads ? padded(graph, x, plan, LOWEST) : x;
        const output = lift(graph, given(outputs[0], "output"), plan);
        const gradient = graph.one("MaxPoolGrad", [seen, output, lift(graph, dy, plan)], own);
        return [unlift(graph, pads ? unpadded(graph, gradient, plan) : gradient, plan)];
      }
      const factor = factorOf(graph, attributes, plan, old);
      const spread = (gradient: GraphValue) => meanGradient(graph, mul(graph, gradient, factor), plan);
      const p = pool_type === "lp" ? (attributes.p_value ?? 1) : 1;
      if (p === 1) return [spread(dy)];
      const data = given(inputs[0], "data");
      // Where a window is all zeros MXNet's gradient is 0/0; 0 is the one that is of use.
      const perWindow = binary(graph, "DivNoNan", dy, power(graph, given(outputs[0], "output"), p - 1));
      return [mul(graph, spread(perWindow), power(graph, data, p - 1))];
    },
  };
}

/** Lowering of Pooling. */
export const poolingLowering: Lowering<PoolingAttributes> = poolingLoweringOf(false);

/** Lowering of Pooling_v1. */
export const poolingV1Lowering: Lowering<PoolingAttributes> = poolingLoweringOf(true);
