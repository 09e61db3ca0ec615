import { homedir } from "node:os";
import { join, resolve } from "node:path";

/**
 * Where built and downloaded files live: `MXGRAFT_CACHE`, or `mxgraft` in the user's cache folder (`XDG_CACHE_HOME`,
 * else `~/.cache`).
 */
export function cacheFolder(environment: NodeJS.ProcessEnv = process.env): string {
  if (environment.MXGRAFT_CACHE) return resolve(environment.MXGRAFT_CACHE);
  // The XDG specification tells to ignore a relative path.
  const xdg = environment.XDG_CACHE_HOME;
  return join(xdg?.startsWith("/") ? xdg : join(environment.HOME || homedir(), ".cache"), "mxgraft");
}
