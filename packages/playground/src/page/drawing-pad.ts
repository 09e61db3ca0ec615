import { drawDigits } from "@mxgraft/data";
import { centerDrawing } from "../model/center-drawing.ts";
import { byId } from "./element.ts";

/** Width of the pen in parts of the pad: about that of MNIST's. */
const PEN = 0.075;

/** An area to draw a digit in: white on black, as MNIST has them. */
export class DrawingPad {
  readonly #canvas = byId("pad", HTMLCanvasElement);
  readonly #context: CanvasRenderingContext2D;
  readonly #changed: () => void;
  #last: { x: number; y: number } | undefined;
  #samples = 0;

  /** @param changed  called after each stroke. */
  constructor(changed: () => void) {
    this.#changed = changed;
    const context = this.#canvas.getContext("2d", { willReadFrequently: true });
    if (context === null) throw new Error("This browser gives the page no canvas to draw on.");
    this.#context = context;
    this.#listen();
    this.clear();
  }

  clear(): void {
    this.#context.fillStyle = "#000";
    this.#context.fillRect(0, 0, this.#canvas.width, this.#canvas.height);
  }

  /** Puts a digit there that the page draws, another one each time. */
  drawSample(): void {
    const { images, labels } = drawDigits({ count: 1, seed: 4000 + this.#samples++ });
    const [, height = 1, width = 1] = images.shape;
    const small = new OffscreenCanvas(width, height);
    const context = small.getContext("2d");
    if (context === null) return;
    const pixels = context.createImageData(width, height);
    for (let i = 0; i < width * height; i++) pixels.data.set([0, 0, 0].fill(images.data[i] ?? 0).concat(255), 4 * i);
    context.putImageData(pixels, 0, 0);
    this.#context.imageSmoothingEnabled = true;
    this.#context.drawImage(small, 0, 0, this.#canvas.width, this.#canvas.height);
    this.#canvas.dataset.digit = String(labels.data[0]);
    this.#changed();
  }

  /** The drawing as an image of this size, RGBA, put into the middle. */
  image(width: number, height: number): Uint8ClampedArray {
    const { width: padWidth, height: padHeight } = this.#canvas;
    const drawn = this.#context.getImageData(0, 0, padWidth, padHeight).data;
    const ink = Uint8Array.from({ length: padWidth * padHeight }, (_, i) => drawn[4 * i] ?? 0);
    const target = new OffscreenCanvas(width, height);
    const context = target.getContext("2d");
    if (context === null) throw new Error("This browser gives the page no canvas to draw on.");
    context.fillStyle = "#000";
    context.fillRect(0, 0, width, height);
    context.imageSmoothingQuality = "high";
    const sampled = this.#canvas.dataset.digit !== undefined;
    const fit = sampled ? undefined : centerDrawing(ink, padWidth, padHeight, Math.min(width, height));
    if (sampled) context.drawImage(this.#canvas, 0, 0, width, height);
    else if (fit !== undefined) {
      const { from, to } = fit;
      const [left, top] = [(width - Math.min(width, height)) / 2, (height - Math.min(width, height)) / 2];
      context.drawImage(
        this.#canvas,
        ...([from.x, from.y, from.width, from.height] as const),
        ...([to.x + left, to.y + top, to.width, to.height] as const),
      );
    }
    return context.getImageData(0, 0, width, height).data;
  }

  #listen(): void {
    this.#canvas.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      this.#canvas.setPointerCapture(event.pointerId);
      // A digit that the page drew makes room for one's own.
      if (this.#canvas.dataset.digit !== undefined) this.clear();
      delete this.#canvas.dataset.digit;
      this.#last = this.#at(event);
      this.#stroke(this.#last);
    });
    this.#canvas.addEventListener("pointermove", (event) => {
      if (this.#last === undefined) return;
      const parts = event.getCoalescedEvents?.() ?? [];
      for (const part of parts.length > 0 ? parts : [event]) this.#stroke(this.#at(part));
    });
    const end = () => {
      if (this.#last === undefined) return;
      this.#last = undefined;
      this.#changed();
    };
    this.#canvas.addEventListener("pointerup", end);
    this.#canvas.addEventListener("pointercancel", end);
    byId("pad-clear", HTMLButtonElement).addEventListener("click", () => {
      delete this.#canvas.dataset.digit;
      this.clear();
    });
    byId("pad-sample", HTMLButtonElement).addEventListener("click", () => this.drawSample());
  }

  #at({ clientX, clientY }: PointerEvent): { x: number; y: number } {
    const box = this.#canvas.getBoundingClientRect();
    return {
      x: ((clientX - box.left) / box.width) * this.#canvas.width,
      y: ((clientY - box.top) / box.height) * this.#canvas.height,
    };
  }

  #stroke(to: { x: number; y: number }): void {
    const from = this.#last ?? to;
    this.#last = to;
    this.#context.strokeStyle = "#fff";
    this.#context.lineWidth = PEN * this.#canvas.width;
    this.#context.lineCap = "round";
    this.#context.lineJoin = "round";
    this.#context.beginPath();
    this.#context.moveTo(from.x, from.y);
    this.#context.lineTo(to.x, to.y);
    this.#context.stroke();
  }
}
