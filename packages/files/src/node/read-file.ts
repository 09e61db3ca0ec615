import * as fs from "node:fs";
import { FileError } from "@mxgraft/base";
import { systemReason } from "./system-reason.ts";

/** Node refuses to read more in one call. */
const CHUNK = 2 ** 30;

/**
 * The whole content of a file.
 *
 * @throws FileError  it is not there, is a folder, or cannot be read.
 */
export function readFile(path: string): Uint8Array {
  let descriptor: number | undefined;
  try {
    descriptor = fs.openSync(path, "r");
    const facts = fs.fstatSync(descriptor);
    if (facts.isDirectory()) throw new FileError(`Cannot read "${path}": it is a folder.`, { file: path });
    // A pipe, or a file that the kernel makes up, does not know its size.
    if (!facts.isFile() || facts.size === 0) return new Uint8Array(fs.readFileSync(descriptor));
    const bytes = new Uint8Array(facts.size);
    let offset = 0;
    while (offset < bytes.length) {
      const count = fs.readSync(descriptor, bytes, offset, Math.min(CHUNK, bytes.length - offset), null);
      if (count === 0) break;
      offset += count;
    }
    return bytes.subarray(0, offset);
  } catch (cause) {
    if (cause instanceof FileError) throw cause;
    throw new FileError(`Cannot read "${path}": ${systemReason(cause)}`, { file: path }, { cause });
  } finally {
    if (descriptor !== undefined) fs.closeSync(descriptor);
  }
}
