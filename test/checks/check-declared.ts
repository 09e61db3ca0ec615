import { builtinModules } from "node:module";
import { parseModule } from "./module-imports.ts";
import { packageNameOf } from "./package-name-of.ts";
import type { Repository, WorkspacePackage } from "./repository.ts";

/**
 * Checks that every package a source imports is declared by the package that the source is in, that nothing is declared
 * and never imported, that versions are exact, and that the same library has the same version everywhere.
 */
export function checkDeclared(repository: Repository): string[] {
  const problems: string[] = [];
  const versions = new Map<string, string>();
  const byName = new Map(repository.packages.map((pack) => [pack.manifest.name, pack]));
  const everywhere = { ...repository.root.dependencies, ...repository.root.devDependencies };
  checkVersions("package.json", everywhere);
  for (const pack of [...repository.packages, ...repository.others]) {
    const { dependencies, devDependencies, peerDependencies, optionalDependencies } = pack.manifest;
    for (const group of [dependencies, devDependencies, peerDependencies, optionalDependencies]) {
      checkVersions(`${pack.folder}/package.json`, group ?? {});
    }
    const shipped = { ...dependencies, ...peerDependencies, ...optionalDependencies };
    // What is not shipped may also use what the root declares, and tools/ and test/ every package.
    const ours = pack.manifest.private ? Object.fromEntries(byName) : {};
    const inTests = { ...everywhere, ...ours, ...shipped, ...devDependencies };
    const imported = importsOf(pack, (file, name) => {
      const declared = pack.manifest.private || !/^(src|bin)\//.test(file) ? inTests : shipped;
      if (declared[name] === undefined) {
        problems.push(`${pack.folder}/${file} imports "${name}", which ${pack.folder}/package.json does not declare`);
      }
    });
    for (const name of Object.keys({ ...dependencies, ...devDependencies })) {
      // A package may declare a library to satisfy a peer dependency of another one.
      const isPeer = Object.keys(shipped).some(
        (other) => byName.get(other)?.manifest.peerDependencies?.[name] !== undefined,
      );
      if (!imported.has(name) && !isPeer && !name.startsWith("@types/")) {
        problems.push(`${pack.folder}/package.json declares "${name}", which nothing in it imports`);
      }
    }
  }
  return problems;

  function importsOf(pack: WorkspacePackage, visit: (file: string, name: string) => void): Set<string> {
    const names = new Set<string>();
    for (const file of pack.files) {
      if (!/\.(ts|js|mjs|cjs)$/.test(file) || file.startsWith("test/cases/")) continue;
      const path = `${pack.folder}/${file}`;
      for (const { specifier } of parseModule(path, repository.read(path)).imports) {
        const name = packageNameOf(specifier);
        if (name === undefined || name === pack.manifest.name) continue;
        if (builtinModules.includes(name)) {
          problems.push(`${path} imports "${name}"; write "node:${name}"`);
          continue;
        }
        names.add(name);
        visit(file, name);
      }
    }
    return names;
  }

  function checkVersions(file: string, dependencies: Readonly<Record<string, string>>): void {
    for (const [name, version] of Object.entries(dependencies)) {
      if (!/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version)) problems.push(`${file}: "${name}" is ${version}, not exact`);
      const other = byName.get(name)?.manifest.version ?? versions.get(name) ?? version;
      if (other !== version) problems.push(`${file}: "${name}" is ${version}, elsewhere ${other}`);
      versions.set(name, version);
    }
  }
}
