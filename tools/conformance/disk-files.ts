import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { FileSource } from "./file-source.ts";

/** The files of a folder on disk. */
export function diskFiles(folder: string): FileSource {
  return {
    read(path) {
      const file = join(folder, path);
      return existsSync(file) ? readFileSync(file) : undefined;
    },
  };
}
