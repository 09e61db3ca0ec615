import { existsSync, readdirSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { UsageError } from "@mxgraft/base";
import type { CasePlace } from "./case-place.ts";

/** Folders below the one given in which cases are looked for: group, operator, configuration, and one to spare. */
const MAX_DEPTH = 5;

/**
 * All cases under a folder that holds groups, or that is a group itself, in the order of their names.
 *
 * @returns the folder of groups, and the cases.
 * @throws UsageError  the folder is not there or holds no case.
 */
export function findCases(directory: string): { root: string; cases: CasePlace[] } {
  if (!existsSync(directory))
    throw new UsageError(`Folder "${directory}" does not exist; give the folder of the golden cases.`);
  // A group has its index beside its cases; the folder above is then the root.
  const isGroup = existsSync(join(directory, "index.json"));
  const root = isGroup ? join(directory, "..") : directory;
  const cases: CasePlace[] = [];
  const walk = (folder: string, depth: number) => {
    if (existsSync(join(folder, "case.json"))) {
      const [group, ...rest] = relative(root, folder).split(sep);
      if (group !== undefined && rest.length > 0) cases.push({ group, name: rest.join("/") });
    }
    if (depth >= MAX_DEPTH) return;
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (entry.isDirectory()) walk(join(folder, entry.name), depth + 1);
    }
  };
  walk(directory, isGroup ? 1 : 0);
  if (cases.length === 0) throw new UsageError(`Folder "${directory}" holds no golden case (GROUP/CASE/case.json).`);
  cases.sort((a, b) => (`${a.group}/${a.name}` < `${b.group}/${b.name}` ? -1 : 1));
  return { root, cases };
}
