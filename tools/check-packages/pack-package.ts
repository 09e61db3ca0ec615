import { cpSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { runCommand } from "./run-command.ts";

/**
 * Copies what a package publishes to `stage`, adds the licence (it lies once, at the root), and packs it.
 *
 * @returns path of the packed file, in `out`.
 */
export function packPackage(folder: string, licence: string, stage: string, out: string): string {
  mkdirSync(stage, { recursive: true });
  mkdirSync(out, { recursive: true });
  const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  for (const name of ["package.json", "README.md", "CHANGELOG.md", ...manifest.files]) {
    if (existsSync(join(folder, name))) cpSync(join(folder, name), join(stage, name), { recursive: true });
  }
  cpSync(licence, join(stage, "LICENSE"));
  const { output } = runCommand(`pack ${manifest.name}`, "npm", ["pack", "--json", "--pack-destination", out], stage);
  return join(out, JSON.parse(output.slice(output.indexOf("[")))[0].filename);
}
