import type { Shape } from "@mxgraft/base";
import type { ConvolutionWindow } from "./convolver.ts";
import type { Rows } from "./pad-rows.ts";

/** The same rows on both ends of each axis. */
export function bothEnds(pad: Shape): Rows {
  return { before: pad, after: pad };
}

/**
 * How the gradient kernels are told about padding: the tensorflow backend knows only "valid" and "same" there, so
 * another padding is put around the tensor first.
 */
export function gradientPadding(window: ConvolutionWindow, sizes: Shape): { pad: "valid" | "same"; rows: Rows } {
  const none = bothEnds(window.pad.map(() => 0));
  const isSame = sizes.every((size, i) => {
    const stride = window.stride[i] ?? 1;
    const total = (Math.ceil(size / stride) - 1) * stride + (window.kernel[i] ?? 1) - size;
    return Math.max(0, total) === 2 * (window.pad[i] ?? 0);
  });
  if (isSame && window.pad.some((rows) => rows > 0)) return { pad: "same", rows: none };
  return { pad: "valid", rows: bothEnds(window.pad) };
}

/** Padding for the forward kernels. A single number would make tfjs 4.22 take all axes for the first one. */
export function explicitPad({ pad }: ConvolutionWindow): "valid" | [number, number][] {
  if (pad.every((rows) => rows === 0)) return "valid";
  return [[0, 0], ...pad.map((rows): [number, number] => [rows, rows]), [0, 0]];
}

/** The spatial sizes of a (N, ..., C) shape. */
export function spatial(shape: Shape): Shape {
  return shape.slice(1, -1);
}
