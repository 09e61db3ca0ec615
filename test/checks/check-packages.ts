import { parseModule } from "./module-imports.ts";
import type { Repository, WorkspacePackage } from "./repository.ts";

const REQUIRED_FILES = ["README.md", "package.json", "tsconfig.json", "vitest.config.ts"];
/** Of packages that others import. */
const LIBRARY_FILES = ["src/index.ts", "tsconfig.build.json"];

const SCRIPTS = {
  build: "tsc -p tsconfig.build.json",
  typecheck: "tsc",
  lint: "biome check .",
  test: "vitest run",
};

/** npm runs these when somebody installs a package: ours must not need them. */
const INSTALL_SCRIPTS = ["preinstall", "install", "postinstall", "prepublish", "preprepare", "prepare", "postprepare"];

/** Checks that every package has the same files, fields and entry points. */
export function checkPackages(repository: Repository): string[] {
  const problems: string[] = [];
  for (const name of Object.keys(repository.root.scripts ?? {})) {
    if (INSTALL_SCRIPTS.includes(name)) problems.push(`package.json has the install script "${name}"`);
  }
  for (const pack of repository.others) checkInstallScripts(pack);
  for (const pack of repository.packages) {
    checkInstallScripts(pack);
    // A private package is a program: it is not published, and has no entries.
    const isLibrary = pack.manifest.private !== true;
    for (const file of [...REQUIRED_FILES, ...(isLibrary ? LIBRARY_FILES : [])]) {
      if (!pack.files.includes(file)) problems.push(`${pack.folder} has no ${file}`);
    }
    checkReadme(pack);
    checkIndex(pack);
    checkFields(pack);
    if (isLibrary) checkExports(pack);
  }
  return problems;

  function checkInstallScripts(pack: WorkspacePackage): void {
    for (const name of Object.keys(pack.manifest.scripts ?? {})) {
      if (INSTALL_SCRIPTS.includes(name)) problems.push(`${pack.folder}/package.json has the install script "${name}"`);
    }
  }

  function checkReadme(pack: WorkspacePackage): void {
    if (!pack.files.includes("README.md")) return;
    const text = repository.read(`${pack.folder}/README.md`);
    if (!text.startsWith(`# ${pack.manifest.name}\n`)) {
      problems.push(`${pack.folder}/README.md does not begin with "# ${pack.manifest.name}"`);
    }
    if (!/^```/m.test(text)) problems.push(`${pack.folder}/README.md has no example`);
  }

  function checkIndex(pack: WorkspacePackage): void {
    if (!pack.files.includes("src/index.ts")) return;
    const path = `${pack.folder}/src/index.ts`;
    const { imports, otherStatements } = parseModule(path, repository.read(path));
    if (imports.length === 0) problems.push(`${path} exports nothing`);
    for (const statement of otherStatements) {
      problems.push(`${path} holds a ${statement}; an index has only \`export ... from\``);
    }
  }

  function checkFields(pack: WorkspacePackage): void {
    const { manifest } = pack;
    const path = `${pack.folder}/package.json`;
    const name = pack.short === "mxgraft" ? "mxgraft" : `@mxgraft/${pack.short}`;
    const expected = {
      name,
      // One version for all: they are tested and released together.
      version: repository.packages[0]?.manifest.version,
      license: "Apache-2.0",
      type: "module",
      "engines.node": repository.root.engines?.node,
      description: manifest.description?.trim() || "a sentence",
    };
    const actual = { ...manifest, "engines.node": manifest.engines?.node };
    for (const [field, value] of Object.entries(expected)) {
      const found = actual[field as keyof typeof expected];
      if (found !== value) problems.push(`${path}: "${field}" is ${found}, expected ${value}`);
    }
    checkScripts(pack);
    if (manifest.private === true) return;
    if (manifest.sideEffects === undefined) problems.push(`${path} does not say which files have side effects`);
    for (const folder of ["dist", "src"]) {
      if (!manifest.files?.includes(folder)) problems.push(`${path}: "files" lacks "${folder}"`);
    }
  }

  function checkScripts({ folder, manifest }: WorkspacePackage): void {
    for (const [script, command] of Object.entries(SCRIPTS)) {
      if (script === "build" && manifest.private === true) continue;
      if (manifest.scripts?.[script] !== command) {
        problems.push(`${folder}/package.json: script "${script}" is not "${command}"`);
      }
    }
  }

  function checkExports(pack: WorkspacePackage): void {
    const path = `${pack.folder}/package.json`;
    const entries = pack.manifest.exports ?? {};
    for (const required of [".", "./package.json"]) {
      if (entries[required] === undefined) problems.push(`${path}: "exports" lacks "${required}"`);
    }
    for (const [subpath, target] of Object.entries(entries)) {
      if (typeof target === "string") {
        if (!pack.files.includes(target.slice(2))) problems.push(`${path}: "${subpath}" is ${target}, which is absent`);
        continue;
      }
      const source = target["@mxgraft/source"] ?? "";
      const built = source.replace("./src/", "./dist/").replace(/\.ts$/, "");
      const expected = { "@mxgraft/source": source, types: `${built}.d.ts`, default: `${built}.js` };
      // The order matters: Node and TypeScript take the first condition that fits.
      if (JSON.stringify(target) !== JSON.stringify(expected)) {
        problems.push(`${path}: "${subpath}" is ${JSON.stringify(target)}, expected ${JSON.stringify(expected)}`);
      }
      if (!pack.files.includes(source.slice(2))) {
        problems.push(`${path}: "${subpath}" has the source "${source}", which is absent`);
      }
    }
  }
}
