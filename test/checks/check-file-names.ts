import type { Repository } from "./repository.ts";

/** Names that other programs prescribe. */
const PRESCRIBED =
  /^(README|CONTRIBUTING|CHANGELOG|LICENSE|NOTICE)(\.md)?$|^\.[a-z]+$|^(tsconfig(\.[a-z]+)?|package-lock)\.json$/;

const KEBAB_CASE = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$/;
/** MXNet's own words: its class `NameManager` is a `name-manager.ts` here. */
const MXNET_NAMES: ReadonlySet<string> = new Set(["name-manager"]);

const VAGUE = /(^|-)(utils?|helpers?|common|misc|manager|stuff)(-|\.|$)/;

/** Checks that files and folders are in kebab-case, and that none has a name that says nothing. Cases are data: free. */
export function checkFileNames(files: readonly string[]): string[] {
  const problems: string[] = [];
  const seen = new Set<string>();
  for (const file of files) {
    if (/(^|\/)test\/(cases|damaged)\//.test(file)) continue;
    file.split("/").forEach((part, index, parts) => {
      const path = parts.slice(0, index + 1).join("/");
      if (seen.has(path)) return;
      seen.add(path);
      if (!PRESCRIBED.test(part) && !KEBAB_CASE.test(part)) problems.push(`${path} is not in kebab-case`);
      if (VAGUE.test(part) && !MXNET_NAMES.has(part.replace(/(\.test)?\.ts$/, "")))
        problems.push(`${path} does not say what it is: name it after what it exports`);
    });
  }
  return problems;
}

/** Files that hold text and are written by people: what the checks of texts read. */
export function writtenFiles(repository: Repository): string[] {
  return repository.files.filter(
    (file) =>
      !/(^|\/)test\/(cases|damaged)\//.test(file) &&
      (/\.(ts|js|mjs|cjs|json|md|yml|yaml|sh|cc|h|cu|html|css|svg|py)$/.test(file) ||
        /(^|\/)(\.[a-z]+|run|LICENSE)$/.test(file)),
  );
}
