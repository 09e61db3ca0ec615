import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { FileError, UsageError } from "@mxgraft/base";
import { loadIdx } from "@mxgraft/files/node";
import {
  countDigits,
  type DigitData,
  type DigitSet,
  digitSet,
  type RowRange,
  sliceDigits,
} from "../digits/digit-set.ts";

export interface LoadDigitDataOptions {
  /** Rows to learn from, of the training files or of the only ones. */
  readonly trainRange?: RowRange;
  /** Rows to be tested on, of the test files or of the only ones. */
  readonly testRange?: RowRange;
}

interface PairOfFiles {
  readonly images: string;
  readonly labels: string;
}

/** The names that a file of MNIST has out in the world: two spellings, packed or not. */
function namesOf(kind: "train" | "t10k", what: "images" | "labels"): string[] {
  const axes = what === "images" ? "idx3" : "idx1";
  return [`${kind}-${what}-${axes}-ubyte`, `${kind}-${what}.${axes}-ubyte`].flatMap((name) => [name, `${name}.gz`]);
}

function firstThere(candidates: readonly string[]): string | undefined {
  return candidates.find((path) => existsSync(path));
}

/** Images and labels of one kind in a folder, packed or not. */
function findPair(folder: string, kind: "train" | "t10k"): PairOfFiles | undefined {
  const pathsOf = (what: "images" | "labels") => namesOf(kind, what).map((name) => join(folder, name));
  const images = firstThere(pathsOf("images"));
  const labels = firstThere(pathsOf("labels"));
  if (images === undefined && labels === undefined) return undefined;
  if (images !== undefined && labels !== undefined) return { images, labels };
  const [lacking = ""] = pathsOf(images === undefined ? "images" : "labels");
  throw new FileError(
    `"${images ?? labels}" is there, but not the file that belongs to it, "${lacking}" or with .gz.`,
    {
      file: lacking,
    },
  );
}

function loadPair({ images, labels }: PairOfFiles): DigitSet {
  return digitSet(loadIdx(images), loadIdx(labels), { images, labels });
}

/** The folder itself, or `mnist` in it. */
function folderOfDigits(folder: string): { train: PairOfFiles | undefined; test: PairOfFiles | undefined } {
  const facts = statSync(folder, { throwIfNoEntry: false });
  if (facts === undefined) throw new FileError(`There is no folder "${folder}". Check the path.`, { file: folder });
  if (!facts.isDirectory()) {
    throw new FileError(`"${folder}" is a file, expected the folder with the idx files.`, { file: folder });
  }
  for (const place of [folder, join(folder, "mnist")]) {
    const found = { train: findPair(place, "train"), test: findPair(place, "t10k") };
    if (found.train !== undefined || found.test !== undefined) return found;
  }
  const looked = (["train", "t10k"] as const).flatMap((kind) => [
    `${kind}-images-idx3-ubyte`,
    `${kind}-labels-idx1-ubyte`,
  ]);
  throw new FileError(
    `"${folder}" has no MNIST files, nor has "${join(folder, "mnist")}". Looked for ${looked.join(", ")}, with or without .gz.`,
    { file: folder, expected: looked },
  );
}

/**
 * Digits from the idx files of MNIST, packed with gzip or not: `train-*` and `t10k-*` in a folder or its subfolder
 * `mnist`. Where there is only one of both pairs, two ranges say which of its digits are for what.
 *
 * @throws FileError    the folder or its files are not there, or cannot be read.
 * @throws FormatError  a file is empty, damaged or no idx file.
 * @throws ShapeError   images and labels do not belong together.
 * @throws ValueError   a label is not 0..9, or a range goes beyond the digits there are.
 * @throws UsageError   there is only one pair, and not two ranges, or they overlap.
 */
export function loadDigitData(folder: string, options: LoadDigitDataOptions = {}): DigitData {
  const { trainRange, testRange } = options;
  const files = folderOfDigits(folder);
  if (files.train !== undefined && files.test !== undefined) {
    return {
      train: inRange(loadPair(files.train), trainRange, "the training range"),
      test: inRange(loadPair(files.test), testRange, "the test range"),
      source: folder,
    };
  }
  const only = files.train ?? files.test;
  if (only === undefined || trainRange === undefined || testRange === undefined) {
    throw new UsageError(
      `"${folder}" has only one pair of files, ${only?.images}. Say which of its digits are to learn from and which to be tested on: a training range and a test range, such as 0:8000 and 8000:10000.`,
      { argument: trainRange === undefined ? "trainRange" : "testRange", file: only?.images ?? folder },
    );
  }
  if (trainRange[0] < testRange[1] && testRange[0] < trainRange[1]) {
    throw new UsageError(
      `The training range ${trainRange.join(":")} and the test range ${testRange.join(":")} overlap: a test on digits that were learned says nothing.`,
      { argument: "testRange", actual: [trainRange, testRange] },
    );
  }
  const all = loadPair(only);
  return {
    train: sliceDigits(all, trainRange, "the training range"),
    test: sliceDigits(all, testRange, "the test range"),
    source: folder,
  };
}

function inRange(digits: DigitSet, range: RowRange | undefined, subject: string): DigitSet {
  return sliceDigits(digits, range ?? [0, countDigits(digits)], subject);
}
