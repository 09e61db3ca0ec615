import { FileError } from "../errors.ts";

/** In a browser there are no files by path. */
export async function readPath(path: string | URL): Promise<Uint8Array> {
  throw new FileError(`Cannot read "${path}": a browser has no files by path. Give a URL or bytes.`, {
    file: String(path),
  });
}
