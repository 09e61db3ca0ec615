import * as tf from "@tensorflow/tfjs";
import type { Slot } from "./plan.ts";

/** The gradients of one backward run, by slot; what several users of a value give adds up. */
export class Gradients {
  readonly #slots: readonly Slot[];
  readonly #values = new Map<number, tf.Tensor>();

  constructor(slots: readonly Slot[]) {
    this.#slots = slots;
  }

  of(id: number): tf.Tensor | undefined {
    return this.#values.get(id);
  }

  /** Takes a gradient over. */
  add(id: number, gradient: tf.Tensor): void {
    if (!this.#slots[id]?.wantsGradient) {
      gradient.dispose();
      return;
    }
    const present = this.#values.get(id);
    if (!present) {
      this.#values.set(id, gradient);
      return;
    }
    this.#values.set(id, tf.add(present, gradient));
    present.dispose();
    gradient.dispose();
  }

  /** Gives a gradient to the caller. */
  take(id: number): tf.Tensor | undefined {
    const gradient = this.#values.get(id);
    this.#values.delete(id);
    return gradient;
  }

  free(id: number): void {
    this.take(id)?.dispose();
  }

  dispose(): void {
    for (const gradient of this.#values.values()) gradient.dispose();
    this.#values.clear();
  }
}
