import { posix } from "node:path";
import { parseModule } from "./module-imports.ts";
import { packageNameOf } from "./package-name-of.ts";
import type { Repository, WorkspacePackage } from "./repository.ts";

/** The command and the package around it run in Node only. */
const NODE_ONLY: ReadonlySet<string> = new Set(["mxgraft"]);

/**
 * Checks that the main entry of every package loads in a browser: nothing reachable from it, in this package or another
 * one, imports a Node module or tfjs-node, or uses a global of Node. Other entries may.
 */
export function checkBrowserSafe(repository: Repository): string[] {
  const problems = new Set<string>();
  const byName = new Map(repository.packages.map((pack) => [pack.manifest.name, pack]));
  const queue: { readonly pack: WorkspacePackage; readonly file: string }[] = [];
  const reached = new Set<string>();
  for (const pack of repository.packages) {
    if (!NODE_ONLY.has(pack.short)) reach(pack, "src/index.ts");
  }
  for (const { pack, file } of queue) {
    const path = `${pack.folder}/${file}`;
    const { imports, nodeGlobals } = parseModule(path, repository.read(path));
    for (const name of nodeGlobals) problems.add(`${path} is reachable from a main entry and uses "${name}"`);
    for (const { specifier, kind } of imports) {
      if (kind === "type") continue;
      const name = packageNameOf(specifier) ?? "";
      const target = byName.get(name);
      if (specifier.startsWith(".")) {
        reach(pack, posix.join(posix.dirname(file), specifier));
      } else if (target !== undefined) {
        const entry = target.manifest.exports?.[`.${specifier.slice(name.length)}`];
        if (typeof entry === "object") reach(target, (entry["@mxgraft/source"] ?? "").slice(2));
      } else if (specifier.startsWith("node:") || /^@tensorflow\/tfjs-node/.test(name)) {
        problems.add(`${path} is reachable from a main entry and imports "${specifier}"`);
      }
    }
  }
  return [...problems];

  function reach(pack: WorkspacePackage, file: string): void {
    const path = `${pack.folder}/${file}`;
    if (reached.has(path) || !pack.files.includes(file)) return;
    reached.add(path);
    queue.push({ pack, file });
  }
}
