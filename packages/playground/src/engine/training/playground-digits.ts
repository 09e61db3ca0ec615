import { type DigitSet, drawDigits, hostArray } from "mxgraft";

/** Digits to learn from. */
const TRAINING_DIGITS = 3000;
/** Digits to be shown and tested on, a multiple of ten: as many of each. */
const SHOWN_DIGITS = 400;
/** Drawn at once: about 50 ms. */
const PART = 200;
/** Apart from all seeds of the training. */
const SHOWN_SEED = 1_000_000;

/** The digits of the page, always the same. */
export interface PlaygroundDigits {
  readonly train: DigitSet;
  readonly shown: DigitSet;
}

/**
 * Draws the digits, some at a time.
 *
 * @param progress  called between parts with the share that is done; what it returns is awaited.
 */
export async function drawPlaygroundDigits(progress: (share: number) => Promise<void>): Promise<PlaygroundDigits> {
  const total = TRAINING_DIGITS + SHOWN_DIGITS;
  const shown = drawDigits({ count: SHOWN_DIGITS, seed: SHOWN_SEED });
  const size = shown.images.shape[1] ?? 0;
  const images = hostArray("uint8", [TRAINING_DIGITS, size, size]);
  const labels = hostArray("uint8", [TRAINING_DIGITS]);
  for (let first = 0; first < TRAINING_DIGITS; first += PART) {
    await progress((SHOWN_DIGITS + first) / total);
    const part = drawDigits({ count: PART, seed: first / PART });
    images.data.set(part.images.data, first * size * size);
    labels.data.set(part.labels.data, first);
  }
  return { train: { images, labels }, shown };
}
