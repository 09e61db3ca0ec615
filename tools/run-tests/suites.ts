import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** One workspace package with tests of its own. */
export interface Suite {
  /** Package name, which is also its Nx project name. */
  readonly name: string;
  /** Absolute folder. */
  readonly folder: string;
}

/** Where a suite's vitest.config.ts writes its JSON report. */
export const REPORT_FILE = "reports/vitest.json";

/** All workspace packages of the repository at `root` that have a `test` script, in the order of their folders. */
export function listSuites(root: string): Suite[] {
  const folders = [
    ...readdirSync(join(root, "packages"))
      .sort()
      .map((name) => join("packages", name)),
    "tools",
    "test",
  ];
  const suites: Suite[] = [];
  for (const folder of folders) {
    const manifest = join(root, folder, "package.json");
    if (!existsSync(manifest)) continue;
    const { name, scripts } = JSON.parse(readFileSync(manifest, "utf8"));
    if (scripts?.test !== undefined) suites.push({ name, folder: join(root, folder) });
  }
  return suites;
}
