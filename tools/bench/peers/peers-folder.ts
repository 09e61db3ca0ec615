import { join } from "node:path";
import { cacheFolder } from "@mxgraft/tfjs/setup";

/** Where peers are installed: in the cache folder, never among the files of the repository. */
export function peersFolder(environment: NodeJS.ProcessEnv = process.env): string {
  return join(cacheFolder(environment), "bench-peers");
}
