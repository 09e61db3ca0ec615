import { mkdir, readlink, rename, rm, symlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { addonPath } from "../tfjs-node-package.ts";
import { SetupError } from "./setup-error.ts";

/**
 * Makes tfjs-node-gpu find the built addon.
 *
 * @param folder  folder of tfjs-node-gpu.
 * @returns whether anything had to be changed.
 * @throws SetupError  the folder cannot be written to.
 */
export async function linkAddon(folder: string, addon: string): Promise<boolean> {
  const path = addonPath(folder);
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
 * Takes the link away if it leads into the cache folder; any other addon stays.
 *
 * @returns whether there was such a link.
 */
export async function unlinkAddon(folder: string, cache: string): Promise<boolean> {
  const path = addonPath(folder);
  const target = await readlink(path).catch(() => undefined);
  if (!target?.startsWith(join(cache, "/"))) return false;
  await rm(path);
  return true;
}
