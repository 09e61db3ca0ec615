import { existsSync } from "node:fs";
import { readFile } from "@mxgraft/files/node";
import { MNISTIter, type MNISTIterOptions } from "../mnist-iter.ts";

/** The path itself, or with `.gz` where only the packed file is there. */
function plainOrPacked(path: string): string {
  return !existsSync(path) && existsSync(`${path}.gz`) ? `${path}.gz` : path;
}

/**
 * An `MNISTIter` over files, packed with gzip or not; where only `PATH.gz` is there it is taken.
 *
 * @throws FileError  a file cannot be read. For the rest see `MNISTIter`.
 */
export function loadMNISTIter(
  options: { readonly image: string; readonly label: string } & MNISTIterOptions,
): MNISTIter {
  const imageFile = plainOrPacked(options.image);
  const labelFile = plainOrPacked(options.label);
  return new MNISTIter({ ...options, image: readFile(imageFile), label: readFile(labelFile), imageFile, labelFile });
}
