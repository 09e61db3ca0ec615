import type { Change } from "./change-file.ts";

/**
 * Puts a version on top of a package's changelog.
 *
 * @param old   the changelog so far; "" for none.
 * @param title of the changelog, the package's name.
 */
export function addToChangelog(old: string, title: string, version: string, name: string, changes: readonly Change[]) {
  const entries = changes
    .filter((change) => change.packages.has(name))
    .map((change) => `- ${change.text.replaceAll("\n", "\n  ")}\n`);
  if (entries.length === 0) return old;
  const heading = `# Changelog of ${title}\n`;
  const rest = old.startsWith(heading) ? old.slice(heading.length) : old;
  return `${heading}\n## ${version}\n\n${entries.join("")}${rest}`;
}
