import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

const MANIFEST = ".whole.json";

/**
 * Whether a folder was finished by `makeWhole` and its files still have the sizes they had then. Only the files right
 * in the folder are looked at: the libraries, not the thousands of headers.
 */
export async function isWhole(folder: string): Promise<boolean> {
  try {
    const sizes: unknown = JSON.parse(await readFile(join(folder, MANIFEST), "utf8"));
    if (typeof sizes !== "object" || sizes === null) return false;
    for (const [name, size] of Object.entries(sizes)) {
      if ((await stat(join(folder, name))).size !== size) return false;
    }
    return true;
  } catch {
    return false;
  }
}

/**
 * Fills a folder so that nobody ever sees a part of it: in a folder beside it, which then takes its name.
 *
 * @param fill  writes into the folder it is given.
 */
export async function makeWhole(folder: string, fill: (partial: string) => Promise<void>): Promise<void> {
  const partial = `${folder}.partial`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true });
  await fill(partial);
  const sizes: Record<string, number> = {};
  for (const entry of await readdir(partial, { withFileTypes: true })) {
    if (entry.isFile()) sizes[entry.name] = (await stat(join(partial, entry.name))).size;
  }
  await writeFile(join(partial, MANIFEST), `${JSON.stringify(sizes, null, 2)}\n`);
  await rm(folder, { recursive: true, force: true });
  await mkdir(dirname(folder), { recursive: true });
  await rename(partial, folder);
}
