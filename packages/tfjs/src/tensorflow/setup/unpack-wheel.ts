import { createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { type Entry, openPromise } from "yauzl";
import type { Wheel } from "./tensorflow-release.ts";

/** Where an entry of the wheel goes in the target folder; `undefined` for one that is not wanted. */
function placeOf(entry: Entry, wheel: Wheel): string | undefined {
  const prefix = `${wheel.folder}/`;
  if (!entry.fileName.startsWith(prefix) || entry.fileName.endsWith("/")) return undefined;
  const inside = entry.fileName.slice(prefix.length);
  const wanted = wheel.keep.some((part) => (part.endsWith("/") ? inside.startsWith(part) : inside === part));
  return wanted ? inside : undefined;
}

/**
 * Writes the wanted part of a wheel, which is a zip archive, into a folder, as a stream.
 *
 * @param onProgress  is told the part that is done, 0 to 1.
 */
export async function unpackWheel(
  file: string,
  wheel: Wheel,
  folder: string,
  onProgress: (fraction: number) => void,
): Promise<void> {
  // yauzl refuses absolute names and "..".
  const zip = await openPromise(file, { autoClose: false });
  try {
    const made = new Set<string>();
    let written = 0;
    for await (const entry of zip.eachEntry()) {
      const place = placeOf(entry, wheel);
      if (place === undefined) continue;
      const target = join(folder, place);
      if (!made.has(dirname(target))) {
        await mkdir(dirname(target), { recursive: true });
        made.add(dirname(target));
      }
      // The owner's execute bits are kept: ptxas is a program.
      const mode = ((entry.externalFileAttributes >>> 16) & 0o777) | 0o644;
      const source = await zip.openReadStreamPromise(entry);
      source.on("data", (chunk: Buffer) => {
        written += chunk.length;
        onProgress(written / wheel.unpackedSize);
      });
      await pipeline(source, createWriteStream(target, { mode }));
    }
  } finally {
    zip.close();
  }
}
