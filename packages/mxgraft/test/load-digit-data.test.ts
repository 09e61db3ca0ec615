import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { drawDigits } from "@mxgraft/data";
import { writeIdx } from "@mxgraft/files";
import { afterEach, beforeEach, expect, test } from "vitest";
import { loadDigitData } from "../src/node/index.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "digits-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const digits = drawDigits({ count: 20, seed: 3 });

/** Writes a pair of files with `count` digits. */
function write(kind: "train" | "t10k", { count = 20, gz = false, at = folder } = {}): void {
  const { images, labels } = drawDigits({ count, seed: 3 });
  mkdirSync(at, { recursive: true });
  const pack = (bytes: Uint8Array) => (gz ? gzipSync(bytes) : bytes);
  writeFileSync(join(at, `${kind}-images-idx3-ubyte${gz ? ".gz" : ""}`), pack(writeIdx(images)));
  writeFileSync(join(at, `${kind}-labels-idx1-ubyte${gz ? ".gz" : ""}`), pack(writeIdx(labels)));
}

test("takes the training files to learn from and the test files for the test", () => {
  write("train");
  write("t10k", { count: 10, gz: true });
  const data = loadDigitData(folder);
  expect(data.train).toEqual(digits);
  expect(data.test.labels.data).toEqual(digits.labels.data.slice(0, 10));
  expect(data.source).toBe(folder);
});

test("looks into the subfolder mnist, and knows the other spelling of the names", () => {
  write("t10k", { at: join(folder, "mnist") });
  const { images, labels } = digits;
  writeFileSync(join(folder, "mnist", "train-images.idx3-ubyte"), writeIdx(images));
  writeFileSync(join(folder, "mnist", "train-labels.idx1-ubyte"), writeIdx(labels));
  expect(loadDigitData(folder).train).toEqual(digits);
});

test("takes two ranges of the only pair", () => {
  write("t10k");
  const data = loadDigitData(folder, { trainRange: [0, 15], testRange: [15, 20] });
  expect([...data.train.labels.data]).toEqual([...digits.labels.data.slice(0, 15)]);
  expect([...data.test.labels.data]).toEqual([...digits.labels.data.slice(15)]);
});

test("takes ranges of each of both pairs", () => {
  write("train");
  write("t10k");
  const data = loadDigitData(folder, { trainRange: [5, 15] });
  expect(data.train.labels.data).toHaveLength(10);
  expect(data.test.labels.data).toHaveLength(20);
});

const wrong: readonly {
  name: string;
  prepare: () => void;
  ranges?: Parameters<typeof loadDigitData>[1];
  error: string;
  message: string;
}[] = [
  {
    name: "a folder without the files",
    prepare: () => {},
    error: "FileError",
    message: "Looked for train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte",
  },
  {
    name: "images without labels",
    prepare: () => writeFileSync(join(folder, "train-images-idx3-ubyte"), ""),
    error: "FileError",
    message: "train-labels-idx1-ubyte",
  },
  {
    name: "an empty file",
    prepare: () => {
      write("train");
      write("t10k");
      writeFileSync(join(folder, "train-images-idx3-ubyte"), "");
    },
    error: "FormatError",
    message: "train-images-idx3-ubyte: is empty, expected an idx file",
  },
  {
    name: "a file that was cut short",
    prepare: () => {
      write("train");
      write("t10k");
      writeFileSync(join(folder, "t10k-images-idx3-ubyte"), writeIdx(digits.images).slice(0, -100));
    },
    error: "FormatError",
    message: "the file ends 100 bytes short",
  },
  {
    name: "labels of other images",
    prepare: () => {
      write("train");
      write("t10k");
      writeFileSync(join(folder, "t10k-labels-idx1-ubyte"), writeIdx(drawDigits({ count: 7 }).labels));
    },
    error: "ShapeError",
    message: "has 7 labels",
  },
  {
    name: "only one pair and no ranges",
    prepare: () => write("t10k"),
    error: "UsageError",
    message: "has only one pair of files",
  },
  {
    name: "only one pair and one range",
    prepare: () => write("t10k"),
    ranges: { trainRange: [0, 10] },
    error: "UsageError",
    message: "has only one pair of files",
  },
  {
    name: "a test on digits that are learned",
    prepare: () => write("t10k"),
    ranges: { trainRange: [0, 15], testRange: [10, 20] },
    error: "UsageError",
    message: "The training range 0:15 and the test range 10:20 overlap",
  },
  {
    name: "a range beyond the digits",
    prepare: () => write("t10k"),
    ranges: { trainRange: [0, 10], testRange: [10, 30] },
    error: "ValueError",
    message: "the test range 10:30 is not within the 20 digits there are",
  },
];
test.for(wrong)("refuses $name", ({ prepare, ranges, error, message }) => {
  prepare();
  expect(() => loadDigitData(folder, ranges)).toThrow(
    expect.objectContaining({ name: error, message: expect.stringContaining(message) }),
  );
});

test("says that there is no folder, or that it is a file", () => {
  expect(() => loadDigitData(join(folder, "gone"))).toThrow("There is no folder");
  writeFileSync(join(folder, "file"), "");
  expect(() => loadDigitData(join(folder, "file"))).toThrow("is a file, expected the folder");
});
