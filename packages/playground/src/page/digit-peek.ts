import { showPixels } from "./digit-pixels.ts";
import { byId, setText } from "./element.ts";
import type { FeatureCanvas } from "./feature-canvas.ts";

/** Digits that can be looked at, and what the network takes them for. */
export interface PeekDigits {
  /** `(N, 28, 28)`. */
  readonly images: Uint8Array;
  readonly labels: Uint8Array;
}

/** Shows the digit under the pointer, or the one that was touched last. */
export class DigitPeek {
  readonly #box = byId("peek", HTMLElement);
  readonly #picture = byId("peek-digit", HTMLCanvasElement);
  readonly #text = byId("peek-text", HTMLElement);
  digits: PeekDigits | undefined;
  predicted: Uint8Array | undefined;

  constructor(canvas: HTMLCanvasElement, features: FeatureCanvas) {
    const look = ({ offsetX, offsetY }: PointerEvent) => {
      const found = features.nearest(offsetX, offsetY);
      if (found === undefined || this.digits === undefined) this.#box.hidden = true;
      else this.#show(found, canvas);
    };
    canvas.addEventListener("pointermove", look);
    canvas.addEventListener("pointerdown", look);
    canvas.addEventListener("pointerleave", ({ pointerType }) => {
      // A finger leaves with every touch; what it touched is to be looked at then.
      if (pointerType === "mouse") this.#box.hidden = true;
    });
  }

  #show({ index, x, y }: { index: number; x: number; y: number }, canvas: HTMLCanvasElement): void {
    const { images, labels } = this.digits ?? {};
    if (images === undefined || labels === undefined) return;
    const pixels = this.#picture.width * this.#picture.height;
    showPixels(this.#picture, images.subarray(index * pixels, (index + 1) * pixels));
    const label = labels[index];
    const predicted = this.predicted?.[index] ?? label;
    setText(this.#text, predicted === label ? `a ${label}` : `a ${label}, taken for a ${predicted}`);
    this.#box.hidden = false;
    const left = Math.min(x + 14, canvas.clientWidth - this.#box.offsetWidth - 6);
    const top = y > canvas.clientHeight / 2 ? y - this.#box.offsetHeight - 14 : y + 14;
    this.#box.style.translate = `${Math.max(6, left)}px ${top}px`;
  }
}
