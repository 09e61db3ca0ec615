import { byId } from "./element.ts";

/** An image of the person's, decoded by the browser. */
export class PickedImage {
  readonly #preview = byId("image-preview", HTMLCanvasElement);
  readonly #changed: () => void;
  readonly #failed: (message: string) => void;
  #bitmap: ImageBitmap | undefined;

  /**
   * @param changed  called when there is an image.
   * @param failed   gets a sentence when a file is no image.
   */
  constructor(changed: () => void, failed: (message: string) => void) {
    this.#changed = changed;
    this.#failed = failed;
    const input = byId("pick-image", HTMLInputElement);
    input.addEventListener("change", () => {
      const [file] = input.files ?? [];
      // The same file may be chosen again after a change.
      input.value = "";
      if (file !== undefined) void this.take(file);
    });
  }

  /** Takes a file that was chosen or dropped. */
  async take(file: File): Promise<void> {
    try {
      this.#bitmap = await createImageBitmap(file);
    } catch {
      this.#failed(`${file.name} is no image that this browser can read. Choose a PNG, JPEG or WebP file.`);
      return;
    }
    this.#changed();
  }

  /** The middle of the image at this size, RGBA; it is shown, too. Undefined when there is none. */
  image(width: number, height: number): Uint8ClampedArray | undefined {
    if (this.#bitmap === undefined) return undefined;
    const { width: from, height: to } = this.#bitmap;
    const scale = Math.max(width / from, height / to);
    this.#preview.width = width;
    this.#preview.height = height;
    const context = this.#preview.getContext("2d", { willReadFrequently: true });
    if (context === null) return undefined;
    context.imageSmoothingQuality = "high";
    context.drawImage(this.#bitmap, (width - from * scale) / 2, (height - to * scale) / 2, from * scale, to * scale);
    this.#preview.hidden = false;
    return context.getImageData(0, 0, width, height).data;
  }
}
