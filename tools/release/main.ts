/**
 * `npm run release [-- --dry-run | --publish]`: a release from the change files in .changes. Writes the next version
 * into every package.json and the lock file, adds to the changelogs, removes the change files, tries the packed
 * packages (npm run check:packages), and only then commits and tags; the packed files stay in dist/. --dry-run prints
 * the next version and what the changelogs would say. --publish hands the packed files to `npm publish` at the end.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { parseChange } from "./change-file.ts";
import { addToChangelog } from "./changelog.ts";
import { nextVersion } from "./next-version.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const changesFolder = join(root, ".changes");
const packed = join(root, "dist");
const { values } = parseArgs({ options: { "dry-run": { type: "boolean" }, publish: { type: "boolean" } } });

const names = readdirSync(join(root, "packages")).sort();
const files = existsSync(changesFolder) ? readdirSync(changesFolder).filter((file) => file.endsWith(".md")) : [];
const changes = files.map((file) => parseChange(file, readFileSync(join(changesFolder, file), "utf8"), names));
const version = nextVersion(readManifest("packages/mxgraft").version, changes);

if (changes.length === 0) {
  console.error("Nothing to release: .changes has no change file. CONTRIBUTING.md shows how to write one.");
  process.exit(1);
}
if (values["dry-run"]) {
  console.log(`The next version is ${version}.`);
  for (const name of names) {
    const log = addToChangelog("", readManifest(`packages/${name}`).name, version, name, changes);
    if (log !== "") console.log(`\npackages/${name}/CHANGELOG.md:\n${log.trimEnd()}`);
  }
  process.exit(0);
}

const dirty = spawnSync("git", ["status", "--porcelain"], { cwd: root, encoding: "utf8" }).stdout;
if (dirty !== "") {
  console.error(`Commit or remove these first; a release commits what it writes and nothing else:\n${dirty}`);
  process.exit(1);
}
const ours = new Set(names.map((name) => readManifest(`packages/${name}`).name));
for (const folder of [...names.map((name) => `packages/${name}`), "tools", "test"]) {
  const manifest = readManifest(folder);
  manifest.version = version;
  for (const group of [manifest.dependencies, manifest.devDependencies, manifest.peerDependencies]) {
    for (const name of Object.keys(group ?? {})) if (ours.has(name)) group[name] = version;
  }
  writeFileSync(join(root, folder, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
}
for (const name of names) {
  const file = join(root, "packages", name, "CHANGELOG.md");
  const title = readManifest(`packages/${name}`).name;
  const log = addToChangelog(existsSync(file) ? readFileSync(file, "utf8") : "", title, version, name, changes);
  if (log !== "") writeFileSync(file, log);
}
for (const file of files) rmSync(join(changesFolder, file));
rmSync(packed, { recursive: true, force: true });
run("npm", ["install"]);
run(process.execPath, [join(root, "tools/run.js"), "check-packages", "--out", packed]);
run("git", ["add", "--all"]);
run("git", ["commit", "--quiet", "--message", `release: ${version}`]);
run("git", ["tag", `v${version}`]);
const archives = readdirSync(packed).sort();
console.log(`Version ${version} is committed, tagged and packed: dist/${archives.join(", dist/")}`);
if (values.publish) {
  for (const archive of archives) run("npm", ["publish", join(packed, archive), "--access", "public"]);
} else {
  console.log("Publish each with `npm publish FILE --access public`, then push the tag.");
}

function readManifest(folder: string) {
  return JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8"));
}

function run(command: string, args: readonly string[]): void {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: "inherit" });
  if (error !== undefined) throw error;
  if (status !== 0) process.exit(status ?? 1);
}
