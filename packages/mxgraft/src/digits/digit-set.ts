import { formatShape, type HostArray, hostArray, numberAt, ShapeError, ValueError } from "@mxgraft/base";

/** How many classes digits have. */
export const DIGIT_CLASSES = 10;

/** Images of digits with what they show. */
export interface DigitSet {
  /** `(N, height, width)`, 0 black to 255 white. */
  readonly images: HostArray<"uint8">;
  /** `(N,)`, 0..9. */
  readonly labels: HostArray<"uint8">;
}

/** What a network learns from, and what it is tested on. */
export interface DigitData {
  readonly train: DigitSet;
  readonly test: DigitSet;
  /** Where they come from, for people: a folder, or "drawn digits". */
  readonly source: string;
}

/** `[from, to)`, rows counted from 0. */
export type RowRange = readonly [from: number, to: number];

/** Number of digits. */
export function countDigits({ labels }: DigitSet): number {
  return labels.data.length;
}

/**
 * Images and labels as they were read, when they are digits.
 *
 * @param subjects  names of both for messages, their files for instance.
 * @throws ShapeError  they are not images and labels, or not as many of one as of the other.
 * @throws ValueError  a label is not 0..9.
 */
export function digitSet(images: HostArray, labels: HostArray, subjects: { images: string; labels: string }): DigitSet {
  if (!isBytes(images) || images.shape.length !== 3) {
    throw new ShapeError(
      `${subjects.images}: holds ${images.dtype} of shape ${formatShape(images.shape)}, expected images: uint8 (count, height, width). Are the files of images and labels swapped?`,
      { file: subjects.images, actual: images.shape },
    );
  }
  if (labels.shape.length !== 1) {
    throw new ShapeError(`${subjects.labels}: has shape ${formatShape(labels.shape)}, expected labels (count,).`, {
      file: subjects.labels,
      actual: labels.shape,
    });
  }
  const [count = 0] = images.shape;
  if (labels.shape[0] !== count) {
    throw new ShapeError(
      `${subjects.images} has ${count} images, but ${subjects.labels} has ${labels.shape[0]} labels. They are not of one pair.`,
      { file: subjects.labels, expected: count, actual: labels.shape[0] },
    );
  }
  const classes = hostArray("uint8", [count]);
  for (let row = 0; row < count; row++) {
    const label = numberAt(labels.data, labels.dtype, row);
    if (!Number.isInteger(label) || label < 0 || label >= DIGIT_CLASSES) {
      throw new ValueError(
        `${subjects.labels}: label ${row} is ${label}, expected a digit, 0 to ${DIGIT_CLASSES - 1}.`,
        { file: subjects.labels, row, actual: label, expected: [0, DIGIT_CLASSES - 1] },
      );
    }
    classes.data[row] = label;
  }
  return { images, labels: classes };
}

function isBytes(array: HostArray): array is HostArray<"uint8"> {
  return array.dtype === "uint8";
}

/**
 * Some of the digits, without copying them.
 *
 * @param subject  what the range is for, e.g. "the test range".
 * @throws ValueError  the range is empty, or goes beyond the digits there are.
 */
export function sliceDigits({ images, labels }: DigitSet, [from, to]: RowRange, subject: string): DigitSet {
  const [count = 0, ...image] = images.shape;
  if (from < 0 || from >= to || to > count) {
    throw new ValueError(`${subject} ${from}:${to} is not within the ${count} digits there are: 0:${count}.`, {
      argument: subject,
      expected: [0, count],
      actual: [from, to],
    });
  }
  const pixels = image.reduce((product, size) => product * size, 1);
  return {
    images: hostArray("uint8", [to - from, ...image], images.data.subarray(from * pixels, to * pixels)),
    labels: hostArray("uint8", [to - from], labels.data.subarray(from, to)),
  };
}

/** The first so many digits, or all when there are fewer. */
export function firstDigits(digits: DigitSet, count: number): DigitSet {
  return sliceDigits(digits, [0, Math.min(count, countDigits(digits))], "the range");
}
