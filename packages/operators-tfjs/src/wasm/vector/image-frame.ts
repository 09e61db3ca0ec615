import type * as tf from "@tensorflow/tfjs";
import { NUMBER } from "./vectors.ts";

export type ConvInfo = ReturnType<typeof tf.backend_util.computeConv2DInfo>;

/**
 * The part of an image (H, W, C) that a filter reaches, zeros around the data included. Under the filter the numbers of a
 * line are neighbours there, so that a convolution is a sum of products of matrices which already lie in it.
 */
export interface ImageFrame {
  /** Whether it is a copy: the image alone is not all that the filter reaches. */
  readonly copied: boolean;
  /** Numbers of the copy; 0 without one. */
  readonly numbers: number;
  /** Bytes of a pixel, and from one line to the next. */
  readonly pixel: number;
  readonly line: number;
  /** The pieces of lines that frame and image have in common: where they begin in both, in numbers. */
  readonly pieces: readonly { readonly inImage: number; readonly inFrame: number }[];
  /** Numbers of a piece. */
  readonly pieceSize: number;
}

export function imageFrame(info: ConvInfo): ImageFrame {
  const { inHeight, inWidth, inChannels, padInfo } = info;
  const { top, left } = padInfo;
  const height = (info.outHeight - 1) * info.strideHeight + info.filterHeight;
  const width = (info.outWidth - 1) * info.strideWidth + info.filterWidth;
  const copied = top > 0 || left > 0 || height > inHeight || width > inWidth;
  const lines = copied ? Math.max(0, Math.min(inHeight, height - top)) : 0;
  return {
    copied,
    numbers: copied ? height * width * inChannels : 0,
    pixel: inChannels * NUMBER,
    line: (copied ? width : inWidth) * inChannels * NUMBER,
    pieces: Array.from({ length: lines }, (_, y) => ({
      inImage: y * inWidth * inChannels,
      inFrame: ((y + top) * width + left) * inChannels,
    })),
    pieceSize: Math.max(0, Math.min(inWidth, width - left)) * inChannels,
  };
}
