/**
 * `npm test [-- PACKAGE...]`: runs the tests of all packages (or of those named, with or without "@mxgraft/"), two
 * packages at a time, and ends with one line, `N passed, N failed[, N skipped]`. Exit code 1 if anything failed or
 * no test ran, 2 for a package that does not exist.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { countReport } from "./count-report.ts";
import { listSuites, REPORT_FILE } from "./suites.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const all = listSuites(root);
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !all.some((suite) => isNamed(suite.name, name)));
if (unknown.length > 0) {
  const names = all.map((suite) => suite.name).join(", ");
  console.error(`There is no package "${unknown.join('", "')}" with tests. There are: ${names}.`);
  process.exit(2);
}
const suites = wanted.length === 0 ? all : all.filter((suite) => wanted.some((name) => isNamed(suite.name, name)));

for (const suite of suites) rmSync(join(suite.folder, REPORT_FILE), { force: true });
const nx = createRequire(import.meta.url).resolve("nx/bin/nx.js");
const projects = `--projects=${suites.map((suite) => suite.name).join(",")}`;
const run = spawnSync(
  process.execPath,
  [nx, "run-many", "--target=test", projects, "--parallel=2", "--outputStyle=static"],
  // Two suites at a time with one worker each: more would only make tests of timing and training slower.
  { cwd: root, stdio: ["ignore", "inherit", "inherit"], env: { VITEST_MAX_WORKERS: "1", ...process.env } },
);

let passed = 0;
let skipped = 0;
const failures: string[] = [];
for (const suite of suites) {
  const counts = countReport(suite.name, readReport(join(suite.folder, REPORT_FILE)));
  passed += counts.passed;
  skipped += counts.skipped;
  failures.push(...counts.failures);
}
if (run.status !== 0 && failures.length === 0) {
  failures.push(`nx ended with ${run.signal ?? `exit code ${run.status}`} although every suite reports success`);
}
for (const failure of failures) console.log(`FAILED ${failure}`);
const summary = `${passed} passed, ${failures.length} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
mkdirSync(join(root, "reports"), { recursive: true });
writeFileSync(join(root, "reports", "tests.txt"), `${summary}\n`);
if (passed + failures.length === 0) console.log("No test ran.");
console.log(summary);
process.exitCode = failures.length > 0 || passed === 0 ? 1 : 0;

function isNamed(name: string, wantedName: string): boolean {
  return name === wantedName || name === `@mxgraft/${wantedName}`;
}

function readReport(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    // countReport() counts a suite without a report as one failure.
    return undefined;
  }
}
