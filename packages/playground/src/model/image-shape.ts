/** What of an input is an image. */
export interface ImageShape {
  readonly channels: number;
  readonly height: number;
  readonly width: number;
}

/** An input of shape `(1, C, H, W)`, or `(1, K)` with a square number K, as an image; undefined when it is none. */
export function imageShape(shape: readonly number[]): ImageShape | undefined {
  if (shape.length === 4) {
    const [batch, channels = 0, height = 0, width = 0] = shape;
    return batch === 1 && height > 1 && width > 1 ? { channels, height, width } : undefined;
  }
  const [batch, length = 0] = shape;
  const side = Math.sqrt(length);
  if (shape.length !== 2 || batch !== 1 || !Number.isInteger(side) || side < 8) return undefined;
  return { channels: 1, height: side, width: side };
}
