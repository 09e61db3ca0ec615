import type { PadAttributes } from "@mxgraft/operators";
import type { KernelTable, TfjsKernel } from "@mxgraft/tfjs";
import * as tf from "@tensorflow/tfjs";
import { part } from "./part.ts";

type Widths = [before: number, after: number];

function widthsOf({ pad_width }: PadAttributes, rank: number): Widths[] {
  return Array.from({ length: rank }, (_, axis) => [pad_width[2 * axis] ?? 0, pad_width[2 * axis + 1] ?? 0]);
}

/** Where the frame of one axis comes from: `count` elements from `begin` on, the frame's width of them mirrored. */
function sourceOf(mode: PadAttributes["mode"], size: number, width: number, atEnd: boolean): [number, number] {
  if (mode === "edge") return [atEnd ? size - 1 : 0, 1];
  return [atEnd ? size - 1 - width : 1, width];
}

/** Frame before or after one axis: the element at the edge repeated, or the elements beside it mirrored. */
function frame(x: tf.Tensor, axis: number, mode: PadAttributes["mode"], width: number, atEnd: boolean): tf.Tensor[] {
  if (width === 0) return [];
  const source = part(x, axis, ...sourceOf(mode, x.shape[axis] ?? 1, width, atEnd));
  return [mode === "edge" ? tf.tile(source, x.shape.map(() => 1).with(axis, width)) : tf.reverse(source, axis)];
}

/** The gradient that a frame gives to the array, in the array's shape. */
function frameGradient(
  dy: tf.Tensor,
  axis: number,
  mode: PadAttributes["mode"],
  [before, after]: Widths,
  atEnd: boolean,
): tf.Tensor | undefined {
  const width = atEnd ? after : before;
  if (width === 0) return undefined;
  const total = dy.shape[axis] ?? 1;
  const size = total - before - after;
  const slab = part(dy, axis, atEnd ? total - width : 0, width);
  const back = mode === "edge" ? tf.sum(slab, axis, true) : tf.reverse(slab, axis);
  const [begin, count] = sourceOf(mode, size, width, atEnd);
  return tf.pad(
    back,
    dy.shape.map((_, i): Widths => (i === axis ? [begin, size - begin - count] : [0, 0])),
  );
}

const portable: TfjsKernel<PadAttributes> = {
  forward({ attributes, inputs: [data] }) {
    if (!data) return [];
    const { mode, constant_value } = attributes;
    const widths = widthsOf(attributes, data.rank);
    if (mode === "constant") return [tf.pad(data, widths, constant_value)];
    let padded: tf.Tensor = tf.clone(data);
    for (const [axis, [before, after]] of widths.entries()) {
      const pieces = [...frame(padded, axis, mode, before, false), padded, ...frame(padded, axis, mode, after, true)];
      if (pieces.length > 1) padded = tf.concat(pieces, axis);
    }
    return [padded];
  },
  backward({ attributes, headGradients: [dy] }) {
    if (!dy) return [];
    const { mode } = attributes;
    let gradient: tf.Tensor = tf.clone(dy);
    // The last axis was framed last.
    for (const [axis, widths] of [...widthsOf(attributes, dy.rank).entries()].reverse()) {
      const [before, after] = widths;
      if (before + after === 0) continue;
      const whole = gradient;
      gradient = part(whole, axis, before, (whole.shape[axis] ?? 1) - before - after);
      if (mode === "constant") continue;
      for (const atEnd of [false, true]) {
        const more = frameGradient(whole, axis, mode, widths, atEnd);
        if (more) gradient = tf.add(gradient, more);
      }
    }
    return [gradient];
  },
};

/** Kernels of Pad. */
export const padKernels: KernelTable<PadAttributes> = { portable };
