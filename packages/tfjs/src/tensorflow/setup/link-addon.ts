import { mkdir, readdir, readlink, rename, rm, symlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { addonPath } from "../tfjs-node-package.ts";
import { SetupError } from "./setup-error.ts";

/**
 * Makes a built addon be found.
 *
 * @param path  where it is looked for.
 * @returns whether anything had to be changed.
 * @throws SetupError  the folder cannot be written to.
 */
export async function linkAddon(path: string, addon: string): Promise<boolean> {
  const target = await readlink(path).catch(() => undefined);
  if (target === addon) return false;
  try {
    await mkdir(dirname(path), { recursive: true });
    const fresh = `${path}.${process.pid}`;
    await rm(fresh, { force: true });
    await symlink(addon, fresh);
    await rename(fresh, path);
  } catch (error) {
    throw new SetupError(
      `Cannot link the addon into "${dirname(path)}": ${error instanceof Error ? error.message : String(error)}.`,
      { file: path },
      { cause: error },
    );
  }
  return true;
}

/**
 * Takes the links away that lead into the cache folder; any other addon stays.
 *
 * @param folder  folder of tfjs-node-gpu.
 * @returns the links there were.
 */
export async function unlinkAddons(folder: string, cache: string): Promise<string[]> {
  const beside = dirname(addonPath(folder));
  const removed: string[] = [];
  for (const name of (await readdir(beside).catch(() => [])).sort()) {
    const path = join(beside, name);
    const target = await readlink(path).catch(() => undefined);
    if (!target?.startsWith(join(cache, "/"))) continue;
    await rm(path);
    removed.push(path);
  }
  return removed;
}
