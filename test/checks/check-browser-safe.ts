import { posix } from "node:path";
import { parseModule } from "./module-imports.ts";
import { packageNameOf } from "./package-name-of.ts";
import type { Repository, WorkspacePackage } from "./repository.ts";

/** The command and the package around it run in Node only. */
const NODE_ONLY: ReadonlySet<string> = new Set(["mxgraft"]);

/**
 * Checks that the main entry of every package loads in a browser: nothing reachable from it imports a Node module, a
 * `.../node` subpath or tfjs-node, or uses a global of Node. `./node` subpaths may.
 */
export function checkBrowserSafe(repository: Repository): string[] {
  const problems: string[] = [];
  for (const pack of repository.packages) {
    if (!NODE_ONLY.has(pack.short)) walk(pack);
  }
  return problems;

  function walk(pack: WorkspacePackage): void {
    const queue = ["src/index.ts"];
    const reached = new Set(queue);
    for (const file of queue) {
      if (!pack.files.includes(file)) continue;
      const path = `${pack.folder}/${file}`;
      const { imports, nodeGlobals } = parseModule(path, repository.read(path));
      for (const name of nodeGlobals) problems.push(`${path} is reachable from the main entry and uses "${name}"`);
      for (const { specifier, kind } of imports) {
        if (kind === "type") continue;
        if (specifier.startsWith(".")) {
          const next = posix.join(posix.dirname(file), specifier);
          if (!reached.has(next)) queue.push(next);
          reached.add(next);
        } else if (isNodeOnly(specifier)) {
          problems.push(`${path} is reachable from the main entry and imports "${specifier}"`);
        }
      }
    }
  }
}

function isNodeOnly(specifier: string): boolean {
  if (specifier.startsWith("node:")) return true;
  const name = packageNameOf(specifier);
  if (name === undefined) return false;
  return /^@tensorflow\/tfjs-node/.test(name) || (/^@?mxgraft/.test(name) && specifier === `${name}/node`);
}
