import { AttributeError, formatShape, type Shape, ShapeError } from "@mxgraft/base";
import {
  type AttributesOf,
  boolean,
  defaulted,
  defineOperator,
  integer,
  type OperatorSpec,
  oneOf,
  optional,
  tuple,
} from "@mxgraft/operator";
import { spatialSizes, type Window, windowLayout, windowOf, windowShape } from "./window.ts";

const attributes = {
  kernel: defaulted(tuple, [], "size of the window; not needed with global_pool"),
  pool_type: defaulted(oneOf("max", "avg", "sum", "lp"), "max", "what becomes of the values in a window"),
  global_pool: defaulted(boolean, false, "one window over everything; kernel, stride and pad do not matter"),
  cudnn_off: defaulted(boolean, false, "not used here"),
  pooling_convention: defaulted(
    oneOf("valid", "full", "same"),
    "valid",
    'how sizes are rounded: "valid" down, "full" up, "same" to size / stride',
  ),
  stride: defaulted(tuple, [], "step of the window, 1 by default"),
  pad: defaulted(tuple, [], "padding on both sides of each axis, 0 by default; it never wins a maximum"),
  p_value: defaulted(optional(integer({ min: 1, max: 3 })), null, 'the p of pool_type "lp": 1, 2 or 3'),
  count_include_pad: defaulted(optional(boolean), null, "whether an average counts the padding; it does by default"),
  layout: defaulted(optional(windowLayout), null, "order of the axes of data and output"),
};

export type PoolingAttributes = AttributesOf<typeof attributes>;

/** A pooling window on data of a known size. */
export interface PoolingWindow extends Window {
  /** Sizes of the spatial axes of the output; 0 where the input's is not known. */
  readonly output: Shape;
  /** Rows of padding that the windows reach at the end of each axis; negative where the last rows are in no window. */
  readonly padEnd: Shape;
}

function outputSize(convention: PoolingAttributes["pooling_convention"], room: number, stride: number): number {
  return (convention === "full" ? Math.ceil(room / stride) : Math.floor(room / stride)) + 1;
}

/** The `full` size of Pooling_v1: rounded up, but no window starts in the padding after the end. */
function oldFullSize(room: number, kernel: number, stride: number): number {
  return Math.floor(Math.min(room + stride - 1, room + kernel - 1) / stride) + 1;
}

/**
 * The window of a Pooling for the spatial sizes of its data.
 *
 * @param old  the rounding of Pooling_v1.
 * @throws AttributeError  the attributes do not fit together.
 */
export function poolingWindow(attributes: PoolingAttributes, sizes: Shape, old = false): PoolingWindow {
  const channelsLast = attributes.layout?.endsWith("C") ?? false;
  if (attributes.global_pool) {
    const ones = sizes.map(() => 1);
    const zeros = sizes.map(() => 0);
    return { kernel: sizes, stride: ones, dilate: ones, pad: zeros, padEnd: zeros, output: ones, channelsLast };
  }
  const window = windowOf(attributes);
  const { kernel, stride } = window;
  const convention = attributes.pooling_convention;
  if (convention === "same") {
    if (window.pad.some((pad) => pad > 0)) {
      throw new AttributeError(
        `attribute "pad" is ${formatShape(window.pad)}, expected zeros: pooling_convention is "same".`,
        {
          argument: "pad",
          actual: window.pad,
        },
      );
    }
    const output = sizes.map((size, i) => Math.ceil(size / (stride[i] ?? 1)));
    const reached = sizes.map((size, i) =>
      Math.max(0, ((output[i] ?? 0) - 1) * (stride[i] ?? 1) + (kernel[i] ?? 1) - size),
    );
    const pad = reached.map((rows) => Math.floor(rows / 2));
    return { ...window, pad, padEnd: reached.map((rows, i) => rows - (pad[i] ?? 0)), output };
  }
  const output = sizes.map((size, i) => {
    if (size === 0) return 0;
    const room = size + 2 * (window.pad[i] ?? 0) - (kernel[i] ?? 1);
    if (old && convention === "full") return oldFullSize(room, kernel[i] ?? 1, stride[i] ?? 1);
    return outputSize(convention, room, stride[i] ?? 1);
  });
  const padEnd = sizes.map((size, i) => {
    return ((output[i] ?? 0) - 1) * (stride[i] ?? 1) + (kernel[i] ?? 1) - size - (window.pad[i] ?? 0);
  });
  return { ...window, output, padEnd };
}

function checkFits(window: PoolingWindow, sizes: Shape, data: Shape): void {
  const padded = sizes.map((size, i) => size + 2 * (window.pad[i] ?? 0));
  if (sizes.some((size, i) => size > 0 && (window.kernel[i] ?? 0) > (padded[i] ?? 0))) {
    throw new ShapeError(
      `argument "data" has shape ${formatShape(data)}, smaller with its padding, ${formatShape(padded)}, than the kernel ${formatShape(window.kernel)}.`,
      { argument: "data", expected: window.kernel, actual: data },
    );
  }
}

function definePooling(name: string, aliases: readonly string[], old: boolean): OperatorSpec<PoolingAttributes> {
  return defineOperator<PoolingAttributes>({
    name,
    aliases,
    attributes,
    backwardReads({ pool_type }) {
      const reads = pool_type === "max" || pool_type === "lp";
      return { arguments: reads ? [0] : [], outputs: reads ? [0] : [] };
    },
    takesMaxima(attributes, data) {
      if (attributes.pool_type !== "max") return false;
      const sizes = spatialSizes(data, attributes.layout?.endsWith("C") ?? false);
      const { kernel, pad, padEnd } = poolingWindow(attributes, sizes, old);
      // A window of padding alone has no element to take.
      return kernel.every((rows, i) => Math.max(pad[i] ?? 0, padEnd[i] ?? 0) < rows);
    },
    inferShape(attributes, known) {
      if (attributes.pool_type === "lp" && attributes.p_value === null) {
        throw new AttributeError('attribute "p_value" is missing, expected 1, 2 or 3 for pool_type "lp".', {
          argument: "p_value",
        });
      }
      const data = known.arguments[0];
      if (data === undefined) return {};
      const rank = attributes.global_pool ? data.length - 2 : attributes.kernel.length;
      if (rank < 1 || rank > 3 || data.length !== rank + 2) {
        const expected = attributes.global_pool || rank < 1 ? "3 to 5" : String(rank + 2);
        throw new ShapeError(
          `argument "data" has shape ${formatShape(data)}, expected ${expected} axes: batch, channel and what the kernel ${formatShape(attributes.kernel)} moves over.`,
          { argument: "data", expected, actual: data },
        );
      }
      const channelsLast = attributes.layout?.endsWith("C") ?? false;
      const sizes = spatialSizes(data, channelsLast);
      const window = poolingWindow(attributes, sizes, old);
      if (attributes.pooling_convention !== "same") checkFits(window, sizes, data);
      const channels = (channelsLast ? data.at(-1) : data[1]) ?? 0;
      return { outputs: [windowShape(data[0] ?? 0, channels, window.output, channelsLast)] };
    },
  });
}

/**
 * Pooling: the maximum, average, sum or p-norm of the values in a window that moves over the spatial axes.
 *
 * Shapes (N batch, C channels):
 *   data    argument  (N, C, H, W), also with one or three spatial axes
 *   output  output    (N, C, H', W')   H' = floor or, with `full`, ceil of (H + 2 pad - kernel) / stride, + 1
 * Padding never wins a maximum and is 0 in a sum. An average is divided by the part of the window inside the padded
 * data, or inside the data when `count_include_pad` is false. The p-norm is (sum of x^p)^(1/p), without absolute
 * values, as in MXNet. Of equal maxima the first in row-major order gets the gradient. `same`, which fails in MXNet,
 * pads like TensorFlow.
 *
 * @throws AttributeError  attributes of different lengths, or `lp` without `p_value`.
 * @throws ShapeError      `data` has the wrong number of axes or is smaller than the kernel.
 */
export const pooling: OperatorSpec<PoolingAttributes> = definePooling("Pooling", ["_npx_pooling"], false);

/** Pooling as MXNet kept it for old graphs: averages always divide by the whole window. */
export const poolingV1: OperatorSpec<PoolingAttributes> = definePooling("Pooling_v1", [], true);
