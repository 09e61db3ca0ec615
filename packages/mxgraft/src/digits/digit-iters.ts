import { hostArray, Random } from "@mxgraft/base";
import { MNISTIter, NDArrayIter, RepeatLabelIter } from "@mxgraft/data";
import type { DigitSet } from "./digit-set.ts";
import type { DigitsSettings } from "./digits-settings.ts";

/** Names of the two labels of the network, both the digit. */
export const DIGIT_LABELS = ["softmax_label", "center_label"] as const;

/** Batches to learn from, in random order; digits at the end that fill no batch are left out, as MNISTIter does. */
export function trainingIter(digits: DigitSet, { batchSize, reshuffle, seed }: DigitsSettings): RepeatLabelIter {
  const { images: image, labels: label } = digits;
  // The module draws its initial parameters from the seed itself; the order must not be made of the same numbers.
  const own = new Random(seed).fork().bits();
  const iter = new MNISTIter({ image, label, batchSize, shuffle: true, reshuffle, seed: own });
  return new RepeatLabelIter(iter, DIGIT_LABELS);
}

/** Batches to be tested on: all digits in their order, the last batch filled up. */
export function testIter({ images, labels }: DigitSet, batchSize: number): RepeatLabelIter {
  const [count = 0, height = 0, width = 0] = images.shape;
  const data = hostArray("float32", [count, 1, height, width]);
  for (let i = 0; i < data.data.length; i++) data.data[i] = (images.data[i] ?? 0) / 256;
  const label = hostArray("float32", [count], Float32Array.from(labels.data));
  return new RepeatLabelIter(new NDArrayIter(data, label, { batchSize }), DIGIT_LABELS);
}
