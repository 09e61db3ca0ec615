/** Puts a grey image of 0 (black) to 255 (white) on a canvas of its size. */
export function showPixels(canvas: HTMLCanvasElement, pixels: ArrayLike<number>): void {
  const context = canvas.getContext("2d");
  if (context === null) return;
  const image = context.createImageData(canvas.width, canvas.height);
  for (let i = 0; i < canvas.width * canvas.height; i++) {
    image.data.fill(pixels[i] ?? 0, 4 * i, 4 * i + 3);
    image.data[4 * i + 3] = 255;
  }
  context.putImageData(image, 0, 0);
}
