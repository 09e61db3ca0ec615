import { type HostArray, hostArray, ShapeError, UsageError } from "@mxgraft/base";

/** Pixels as decoders give them: row by row, the channels of a pixel side by side, 0 to 255. */
export interface ImagePixels {
  readonly width: number;
  readonly height: number;
  /** 3 for RGB, 4 for RGBA, of which alpha is left out. */
  readonly channels: 3 | 4;
  readonly data: Uint8Array | Uint8ClampedArray;
}

export type ImageLayout = "NCHW" | "NHWC";
export type ImageColor = "rgb" | "bgr" | "gray";

export interface ImageArrayOptions {
  /** Default `"NCHW"`. */
  readonly layout?: ImageLayout;
  /** Order of the channels; default `"rgb"`, as `mx.image` decodes. Programs that read with OpenCV have BGR. */
  readonly color?: ImageColor;
  /** Subtracted first, for all channels or each, in the order of the channels; default 0. */
  readonly mean?: readonly number[];
  /** Divided by last, for all channels or each; default 1. */
  readonly std?: readonly number[];
  /** Default 1; 1/255 gives pixels from 0 to 1. */
  readonly scale?: number;
}

/**
 * Images of one size as the input of a network, (N, C, H, W) or (N, H, W, C) float32:
 *
 *   value = (pixel - mean) * scale / std        as in MXNet's ImageRecordIter
 *
 * Gray is 0.299 R + 0.587 G + 0.114 B, rounded, as OpenCV makes it.
 *
 * @throws ShapeError  the images have different sizes, or there is none.
 * @throws UsageError  `mean` or `std` has as many numbers as there are not channels.
 */
export function imageArray(images: readonly ImagePixels[], options: ImageArrayOptions = {}): HostArray<"float32"> {
  const { layout = "NCHW", color = "rgb", scale = 1 } = options;
  const [first] = images;
  if (first === undefined) throw new ShapeError("There are no images.");
  const { width, height } = first;
  const depth = color === "gray" ? 1 : 3;
  const mean = perChannel("mean", options.mean ?? [0], depth);
  const std = perChannel("std", options.std ?? [1], depth);
  const area = width * height;
  const shape = layout === "NCHW" ? [images.length, depth, height, width] : [images.length, height, width, depth];
  const array = hostArray("float32", shape);
  const [pixelStep, channelStep] = layout === "NCHW" ? [1, area] : [depth, 1];
  for (const [n, image] of images.entries()) {
    if (image.width !== width || image.height !== height) {
      throw new ShapeError(
        `Image ${n} has ${image.width} x ${image.height} pixels, image 0 has ${width} x ${height}. Resize them to one size.`,
        { expected: [width, height], actual: [image.width, image.height] },
      );
    }
    const { data, channels } = image;
    for (let i = 0; i < area; i++) {
      const [r, g, b] = [data[i * channels] ?? 0, data[i * channels + 1] ?? 0, data[i * channels + 2] ?? 0];
      const values =
        color === "rgb" ? [r, g, b] : color === "bgr" ? [b, g, r] : [Math.round(0.299 * r + 0.587 * g + 0.114 * b)];
      for (let c = 0; c < depth; c++) {
        const value = (((values[c] ?? 0) - (mean[c] ?? 0)) * scale) / (std[c] ?? 1);
        array.data[n * area * depth + i * pixelStep + c * channelStep] = value;
      }
    }
  }
  return array;
}

function perChannel(name: string, numbers: readonly number[], depth: number): readonly number[] {
  if (numbers.length === depth) return numbers;
  const [only] = numbers;
  if (only !== undefined && numbers.length === 1) return new Array<number>(depth).fill(only);
  throw new UsageError(
    `"${name}" has ${numbers.length} numbers for images of ${depth} channel${depth === 1 ? "" : "s"}, expected ${depth === 1 ? "1" : `1 or ${depth}`}.`,
    { argument: name, expected: depth, actual: numbers.length },
  );
}
