/** How a network wants its pixels. */
export type PixelScale = "unit" | "byte" | "imagenet";

export function isPixelScale(text: string): text is PixelScale {
  return text === "unit" || text === "byte" || text === "imagenet";
}

const MEAN = [0.485, 0.456, 0.406];
const DEVIATION = [0.229, 0.224, 0.225];

/**
 * The values of an input `(1, C, H, W)` from an image.
 *
 * @param rgba      the image, H * W * 4 bytes, as a canvas gives it.
 * @param channels  3 for red, green and blue; of any other number each gets the brightness.
 */
export function pixelInput(rgba: ArrayLike<number>, channels: number, scale: PixelScale): Float32Array {
  const pixels = rgba.length / 4;
  const values = new Float32Array(channels * pixels);
  for (let channel = 0; channel < channels; channel++) {
    for (let i = 0; i < pixels; i++) {
      const byte =
        channels === 3
          ? (rgba[4 * i + channel] ?? 0)
          : 0.299 * (rgba[4 * i] ?? 0) + 0.587 * (rgba[4 * i + 1] ?? 0) + 0.114 * (rgba[4 * i + 2] ?? 0);
      values[channel * pixels + i] = scaled(byte, channel, scale);
    }
  }
  return values;
}

function scaled(byte: number, channel: number, scale: PixelScale): number {
  if (scale === "byte") return byte;
  if (scale === "unit") return byte / 256;
  return (byte / 255 - (MEAN[channel] ?? 0.45)) / (DEVIATION[channel] ?? 0.226);
}
