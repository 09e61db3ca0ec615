import { type CorrelationAttributes, displacements } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { channelsLast } from "../nn/channels-last.ts";
import { padRows, type Rows, unpadRows } from "../nn/pad-rows.ts";
import { type AxisMatrices, applyAxisMatrices, applyAxisMatricesGradient, axisMatrix } from "./axis-matrices.ts";

/** The parts of the padded data that meet at each displacement, row by row. */
interface Meeting {
  /** (N, R, S, C): all places of the first data that lie in a patch. */
  readonly first: tf.Tensor;
  readonly displaced: readonly { readonly y: number; readonly x: number; readonly second: tf.Tensor }[];
  /** Sums over patches of (N, R, S) into (N, H', W'); undefined where a patch is one place and every one counts. */
  readonly patches: AxisMatrices | undefined;
  readonly rows: Rows;
  readonly padded: readonly number[];
}

/** Row i sums the `kernel` elements from i * stride on. */
function windows(count: number, kernel: number, stride: number): tf.Tensor2D {
  return axisMatrix(count, (count - 1) * stride + kernel, (row) =>
    Array.from({ length: kernel }, (_, i) => [row * stride + i, 1] as const),
  );
}

function meet(
  attributes: CorrelationAttributes,
  data: tf.Tensor,
  other: tf.Tensor,
  [height, width]: readonly [number, number],
): Meeting {
  const { kernel_size: kernel, stride1: stride, pad_size: pad, max_displacement: far } = attributes;
  const rows = { before: [pad, pad], after: [pad, pad] };
  const first = padRows(data, rows, 0);
  const second = padRows(other, rows, 0);
  const [batch = 1, , , channels = 1] = first.shape;
  const size = [batch, (height - 1) * stride + kernel, (width - 1) * stride + kernel, channels];
  const steps = displacements(attributes);
  return {
    first: tf.slice(first, [0, far, far, 0], size),
    displaced: steps.flatMap((y) =>
      steps.map((x) => ({ y: far + y, x: far + x, second: tf.slice(second, [0, far + y, far + x, 0], size) })),
    ),
    patches:
      kernel === 1 && stride === 1
        ? undefined
        : { rows: windows(height, kernel, stride), columns: windows(width, kernel, stride) },
    rows,
    padded: first.shape,
  };
}

const portable: TfjsKernel<CorrelationAttributes> = {
  layouts: () => ({ arguments: [channelsLast(4), channelsLast(4)], outputs: [undefined] }),
  forward({ attributes, inputs: [data, other], outputShapes: [output = []] }) {
    if (!data || !other) return [];
    const { first, displaced, patches } = meet(attributes, data, other, [output[2] ?? 1, output[3] ?? 1]);
    const compare = (second: tf.Tensor) =>
      attributes.is_multiply ? tf.mul(first, second) : tf.abs(tf.sub(first, second));
    const maps = tf.stack(
      displaced.map(({ second }) => tf.sum(compare(second), -1)),
      1,
    );
    const numbers = attributes.kernel_size ** 2 * (data.shape[3] ?? 1);
    return [tf.div(patches ? applyAxisMatrices(maps, patches) : maps, numbers)];
  },
  backward({ attributes, inputs: [data, other], headGradients: [dy], wanted }) {
    if (!data || !other || !dy) return [];
    const { first, displaced, patches, rows, padded } = meet(attributes, data, other, [
      dy.shape[2] ?? 1,
      dy.shape[3] ?? 1,
    ]);
    const numbers = attributes.kernel_size ** 2 * (data.shape[3] ?? 1);
    const scaled = tf.div(dy, numbers);
    const maps = tf.unstack(patches ? applyAxisMatricesGradient(scaled, patches) : scaled, 1);
    const [, height = 1, width = 1] = first.shape;
    /** A part of the padded data put back in its place, and the padding taken off. */
    const placed = (part: tf.Tensor, y: number, x: number) => {
      const after = [(padded[1] ?? 1) - y - height, (padded[2] ?? 1) - x - width];
      return unpadRows(padRows(part, { before: [y, x], after }, 0), rows);
    };
    const far = attributes.max_displacement;
    const shares = displaced.map(({ y, x, second }, i) => {
      const head = tf.expandDims(maps[i] ?? tf.zeros([1]), -1);
      if (attributes.is_multiply) return { y, x, first: tf.mul(head, second), second: tf.mul(head, first) };
      // Of equal numbers MXNet takes the first for the greater.
      const sign = tf.sub(tf.mul(tf.cast(tf.greaterEqual(first, second), "float32"), 2), 1);
      const share = tf.mul(head, sign);
      return { y, x, first: share, second: tf.neg(share) };
    });
    return [
      wanted[0] ? placed(tf.addN(shares.map((share) => share.first)), far, far) : undefined,
      wanted[1] ? tf.addN(shares.map(({ second, y, x }) => placed(second, y, x))) : undefined,
    ];
  },
};

/** Kernels of Correlation. */
export const correlationKernels: KernelTable<CorrelationAttributes> = { portable };
