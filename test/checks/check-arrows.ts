import { parseModule } from "./module-imports.ts";
import { packageNameOf } from "./package-name-of.ts";
import type { PackageRow } from "./package-table.ts";
import type { Repository, WorkspacePackage } from "./repository.ts";

/**
 * Checks who imports whom against the package table: rows point to earlier rows only (so there is no cycle), every
 * package has a row, and no package.json and no import (type or dynamic ones included) goes where no arrow does.
 */
export function checkArrows(repository: Repository, table: readonly PackageRow[]): string[] {
  const problems: string[] = [];
  const shortNames = new Map(repository.packages.map((pack) => [pack.manifest.name, pack.short]));
  const seen = new Set<string>();
  for (const row of table) {
    for (const target of row.mayImport) {
      if (target !== row.name.split("/")[0] && !seen.has(target)) {
        problems.push(`README.md: "${row.name}" may import "${target}", which is not in an earlier row`);
      }
    }
    if (seen.has(row.name)) problems.push(`README.md: "${row.name}" has two rows`);
    seen.add(row.name);
    const [folder = ""] = row.name.split("/");
    if (!repository.packages.some((pack) => pack.short === folder)) {
      problems.push(`README.md: "${row.name}" has a row but there is no packages/${folder}`);
    }
  }
  for (const pack of repository.packages) {
    const row = table.find((candidate) => candidate.name === pack.short);
    if (row === undefined) {
      problems.push(`${pack.folder} has no row in the package table of README.md`);
      continue;
    }
    if (row.description !== pack.manifest.description) {
      problems.push(
        `README.md describes "${row.name}" otherwise than its package.json: "${pack.manifest.description}"`,
      );
    }
    checkManifest(pack, row);
    checkImports(pack, row);
  }
  return problems;

  function checkManifest(pack: WorkspacePackage, row: PackageRow): void {
    const { dependencies, peerDependencies, optionalDependencies } = pack.manifest;
    // Subpaths of a package share its package.json.
    const allowed = new Set(rowsOf(pack, row).flatMap((candidate) => candidate.mayImport));
    for (const name of Object.keys({ ...dependencies, ...peerDependencies, ...optionalDependencies })) {
      const target = shortNames.get(name);
      if (target !== undefined && !allowed.has(target)) {
        problems.push(`${pack.folder}/package.json depends on "${target}"; ${pack.short} may import ${list(row)}`);
      }
    }
  }

  function checkImports(pack: WorkspacePackage, row: PackageRow): void {
    for (const file of pack.files) {
      if (!/^(src|test|bin)\/.*\.(ts|js|mjs|cjs)$/.test(file)) continue;
      const path = `${pack.folder}/${file}`;
      for (const { specifier } of parseModule(path, repository.read(path)).imports) {
        const target = shortNames.get(packageNameOf(specifier) ?? "");
        if (specifier.startsWith(".") && leaves(file, specifier)) {
          problems.push(`${path} imports "${specifier}", a file of another package; import the package by its name`);
        } else if (target !== undefined && target !== pack.short) {
          const fileRow = rowsOf(pack, row).findLast((candidate) => holds(candidate, pack, file)) ?? row;
          if (!fileRow.mayImport.includes(target)) {
            problems.push(`${path} imports "${specifier}"; ${fileRow.name} may import ${list(fileRow)}`);
          }
        }
      }
    }
  }

  /** The package's row, then those of its subpaths. */
  function rowsOf(pack: WorkspacePackage, row: PackageRow): PackageRow[] {
    return [row, ...table.filter((candidate) => candidate.name.startsWith(`${pack.short}/`))];
  }
}

/** Does the row speak of this file? `executor/compiled` holds src/compiled.ts, src/compiled/ and test/compiled/. */
function holds(row: PackageRow, pack: WorkspacePackage, file: string): boolean {
  if (row.name === pack.short) return true;
  const sub = row.name.slice(pack.short.length + 1);
  return file === `src/${sub}.ts` || file.startsWith(`src/${sub}/`) || file.startsWith(`test/${sub}`);
}

/** Does a relative specifier lead out of the package's folder? */
function leaves(file: string, specifier: string): boolean {
  let depth = file.split("/").length - 1;
  for (const part of specifier.split("/")) {
    if (part === "..") depth -= 1;
    else if (part !== ".") depth += 1;
    if (depth < 0) return true;
  }
  return false;
}

function list(row: PackageRow): string {
  return row.mayImport.length === 0 ? "nothing" : row.mayImport.join(", ");
}
