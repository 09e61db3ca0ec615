import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { gzipSync } from "node:zlib";
import { FileError, FormatError } from "@mxgraft/base";
import { loadMNISTIter } from "@mxgraft/data/node";
import { afterAll, beforeAll, expect, test } from "vitest";
import { digitFiles } from "./digit-files.ts";

let folder = "";
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "mxgraft-data-"));
  const { image, label } = digitFiles(6);
  fs.writeFileSync(path.join(folder, "images"), image);
  fs.writeFileSync(path.join(folder, "labels.gz"), gzipSync(label));
  fs.writeFileSync(path.join(folder, "damaged"), image.subarray(0, 20));
});
afterAll(() => {
  fs.rmSync(folder, { recursive: true });
});

test("reads files, also where only the packed one is there", () => {
  const iter = loadMNISTIter({
    image: path.join(folder, "images"),
    label: path.join(folder, "labels"),
    batchSize: 6,
    shuffle: false,
  });
  expect(Array.from(iter.next()?.label[0]?.data ?? [], Number)).toEqual([0, 1, 2, 3, 4, 5]);
});

test.for([
  { name: "a missing file", image: "none", error: FileError, message: "there is no such file or folder" },
  {
    name: "a damaged file",
    image: "damaged",
    error: FormatError,
    message: "damaged: elements at byte 16 take 72 bytes",
  },
])("$name is an error that names it", ({ image, error, message }) => {
  const load = () => loadMNISTIter({ image: path.join(folder, image), label: path.join(folder, "labels") });
  expect(load).toThrow(error);
  expect(load).toThrow(message);
});
