import { FileError, FormatError } from "@mxgraft/base";
import { readFile } from "@mxgraft/files/node";
import type { ImagePixels } from "../model/image-array.ts";

/** Larger pictures than any network takes; what a damaged or hostile file announces may be more. */
const MOST_PIXELS = 2 ** 28;

/**
 * Decodes an image file (JPEG, PNG, WebP, GIF, TIFF, AVIF, SVG) to RGB, turned as its camera says. See `resizeImage`.
 *
 * @throws FileError    the file is not there or cannot be read, or images cannot be decoded on this machine.
 * @throws FormatError  it is no image, or damaged.
 */
export async function loadImage(file: string): Promise<ImagePixels> {
  const bytes = readFile(file);
  const sharp = await importSharp(file);
  try {
    const image = sharp(bytes, { limitInputPixels: MOST_PIXELS }).autoOrient().removeAlpha().toColourspace("srgb");
    const { data, info } = await image.raw({ depth: "uchar" }).toBuffer({ resolveWithObject: true });
    const { width, height, channels } = info;
    if (channels !== 3) throw new FormatError(`${file}: has ${channels} channels when decoded, expected 3.`, { file });
    return { width, height, channels, data };
  } catch (cause) {
    if (cause instanceof FormatError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new FormatError(`${file}: is no image that can be decoded (${reason}).`, { file }, { cause });
  }
}

async function importSharp(file: string) {
  try {
    return (await import("sharp")).default;
  } catch (cause) {
    throw new FileError(
      `Cannot decode "${file}": the package "sharp" does not load here. Install it again with its optional dependencies (npm install sharp), or give the image as an array with --input.`,
      { file },
      { cause },
    );
  }
}
