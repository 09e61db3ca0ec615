/**
 * `npm run check:packages [-- --out DIR]`: builds all packages, packs them, and uses the packed files as somebody who
 * installed them would: every entry is imported, a program is type-checked against their declarations, a page with center
 * loss is bundled and opened in Chromium, and the command `mxgraft` runs. --out keeps the packed files. Exit code 1 when something is wrong.
 */
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { checkBundle } from "./check-bundle.ts";
import { type Entry, entriesOf } from "./entries.ts";
import { packPackage } from "./pack-package.ts";
import { runCommand } from "./run-command.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const { values } = parseArgs({ options: { out: { type: "string" } } });
const work = mkdtempSync(join(tmpdir(), "mxgraft-packages-"));
const packed = join(work, "packed");
const project = join(work, "project");
const problems: string[] = [];

try {
  const require = createRequire(import.meta.url);
  runCommand("build", process.execPath, [require.resolve("nx/bin/nx.js"), "run-many", "-t", "build"], root);
  const tarballs: string[] = [];
  const entries: Entry[] = [];
  for (const name of readdirSync(join(root, "packages")).sort()) {
    const folder = join(root, "packages", name);
    if (!existsSync(join(folder, "package.json"))) continue;
    const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    if (manifest.private === true) continue;
    entries.push(...entriesOf(manifest));
    const copy = join(work, "stage", name);
    tarballs.push(packPackage(folder, join(root, "LICENSE"), copy, packed));
    for (const message of (await publint({ pkgDir: copy, pack: false, strict: true })).messages) {
      problems.push(`${manifest.name}: ${formatMessage(message, manifest, { color: false })}`);
    }
  }
  console.log(`packed ${tarballs.length} packages with ${entries.length} entries`);
  install(tarballs);
  importEntries(entries);
  checkTypes(entries);
  problems.push(...(await checkBundle(project)));
  runCommand("mxgraft --version", join(project, "node_modules/.bin/mxgraft"), ["--version"], project);
  if (values.out !== undefined) cpSync(packed, resolve(values.out), { recursive: true });
} catch (error) {
  problems.push(error instanceof Error ? error.message : String(error));
} finally {
  rmSync(work, { recursive: true, force: true });
}
for (const problem of problems) console.error(`FAILED ${problem}`);
console.log(
  problems.length === 0 ? "The packed packages work." : `${problems.length} problems in the packed packages.`,
);
process.exitCode = problems.length === 0 ? 0 : 1;

/** An empty project with nothing but the packed packages, and what they themselves depend on. */
function install(tarballs: readonly string[]): void {
  cpSync(join(root, ".npmrc"), join(project, ".npmrc"), { recursive: true });
  writeFileSync(join(project, "package.json"), '{ "name": "user", "private": true, "type": "module" }\n');
  runCommand("install", "npm", ["install", "--prefer-offline", "--no-package-lock", ...tarballs], project);
}

function importEntries(entries: readonly Entry[]): void {
  for (const { specifier } of entries) {
    const program = `await import(${JSON.stringify(specifier)}); process.exit(0);`;
    try {
      runCommand(`import ${specifier}`, process.execPath, ["--input-type=module", "--eval", program], project);
    } catch (error) {
      problems.push(error instanceof Error ? error.message : String(error));
    }
  }
}

/** Libraries of others may hold type errors of their own; only ours, and what a program sees of them, count. */
function checkTypes(entries: readonly Entry[]): void {
  const typed = entries.filter((entry) => entry.typed);
  const lines = typed.map(({ specifier }, index) => `export type * as E${index} from ${JSON.stringify(specifier)};`);
  writeFileSync(join(project, "user.ts"), `${lines.join("\n")}\n`);
  const tsc = createRequire(import.meta.url)
    .resolve("typescript/package.json")
    .replace("package.json", "bin/tsc");
  for (const [module, resolution] of [
    ["nodenext", "nodenext"],
    ["esnext", "bundler"],
  ] as const) {
    const options = ["--noEmit", "--strict", "--target", "es2022", "--lib", "es2023,dom"];
    const modules = ["--module", module, "--moduleResolution", resolution, "--skipLibCheck", "false"];
    const types = ["--types", "node", "--typeRoots", join(root, "node_modules/@types")];
    const { output } = runCommand(
      `types (${resolution})`,
      process.execPath,
      [tsc, ...options, ...modules, ...types, "user.ts"],
      project,
      { mayFail: true },
    );
    const errors = output.split("\n").filter((line) => /^(user\.ts|node_modules\/@?mxgraft\b).*error TS/.test(line));
    problems.push(...errors.map((line) => `types (${resolution}): ${line}`));
  }
}
