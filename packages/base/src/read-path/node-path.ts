import { readFile } from "node:fs/promises";
import { FileError } from "../errors.ts";

/** The content of a file, by its path or `file:` URL. */
export async function readPath(path: string | URL): Promise<Uint8Array> {
  try {
    return new Uint8Array(await readFile(path));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new FileError(`Cannot read "${path}": ${reason}. Check the path.`, { file: String(path) }, { cause });
  }
}
