import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { drawDigits } from "@mxgraft/data";
import { writeIdx } from "@mxgraft/files";

/** One pair of idx files with drawn digits: 60 to learn from and 40 for the test, with `SMALL_RANGES`. */
export function writeSmallDigits(folder: string, change: (labels: Uint8Array) => void = () => {}): void {
  const { images, labels } = drawDigits({ count: 100, seed: 5 });
  change(labels.data);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "t10k-images-idx3-ubyte"), writeIdx(images));
  writeFileSync(join(folder, "t10k-labels-idx1-ubyte"), writeIdx(labels));
}

export const SMALL_RANGES = ["--train-range", "0:60", "--test-range", "60:100", "--batch-size", "20"];
