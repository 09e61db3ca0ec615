import * as tf from "@tensorflow/tfjs";
import type { ImagePixels } from "./image-array.ts";

/**
 * An image in another size, its proportions not kept: bilinear between the centers of pixels, without smoothing, which
 * is what `mx.image.imresize` and `cv2.resize` do by default, up to their rounding.
 */
export async function resizeImage(
  image: ImagePixels,
  { width, height }: { readonly width: number; readonly height: number },
): Promise<ImagePixels> {
  const { channels } = image;
  if (image.width === width && image.height === height) return image;
  const resized = tf.tidy(() => {
    const pixels = tf.tensor3d(Float32Array.from(image.data), [image.height, image.width, channels]);
    return tf.image.resizeBilinear(pixels, [height, width], false, true);
  });
  try {
    return { width, height, channels, data: Uint8ClampedArray.from(await resized.data()) };
  } finally {
    resized.dispose();
  }
}
