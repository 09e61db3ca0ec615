import type { Repository } from "./repository.ts";

/** Checks that docs/dependencies.md has one row with version and reason for every library, and no others. */
export function checkDependencyPage(repository: Repository, page: string): string[] {
  const problems: string[] = [];
  const own = new Set([...repository.packages, ...repository.others].map((pack) => pack.manifest.name));
  const declared = new Map<string, { version: string; folders: Set<string> }>();
  const sources = [{ folder: "root", manifest: repository.root }, ...repository.packages, ...repository.others];
  for (const { folder, manifest } of sources) {
    const { dependencies, devDependencies, peerDependencies, optionalDependencies } = manifest;
    const all = { ...dependencies, ...devDependencies, ...peerDependencies, ...optionalDependencies };
    for (const [name, version] of Object.entries(all)) {
      if (own.has(name)) continue;
      const entry = declared.get(name) ?? { version, folders: new Set() };
      entry.folders.add(folder.replace("packages/", ""));
      declared.set(name, entry);
    }
  }
  const rows = new Set<string>();
  for (const line of page.split("\n")) {
    const [, nameCell = "", version = "", where = "", why = ""] = line.split("|").map((cell) => cell.trim());
    const name = /^`([^`]+)`$/.exec(nameCell)?.[1];
    if (name === undefined) continue;
    if (rows.has(name)) problems.push(`docs/dependencies.md has two rows for "${name}"`);
    rows.add(name);
    const entry = declared.get(name);
    if (entry === undefined) {
      problems.push(`docs/dependencies.md lists "${name}", which no package.json declares`);
      continue;
    }
    if (entry.version !== version) {
      problems.push(`docs/dependencies.md says "${name}" ${version}; declared is ${entry.version}`);
    }
    const folders = [...entry.folders].sort().join(", ");
    const listed = where.split(/,\s*/).sort().join(", ");
    if (listed !== folders) problems.push(`docs/dependencies.md says "${name}" is in ${listed}; it is in ${folders}`);
    if (why.length < 20) problems.push(`docs/dependencies.md gives no reason for "${name}"`);
  }
  for (const name of declared.keys()) {
    if (!rows.has(name)) problems.push(`"${name}" is declared but has no row in docs/dependencies.md`);
  }
  return problems;
}
