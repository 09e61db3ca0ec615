/** What no file may name, with the reason. Written in pieces, so that this file may be checked too. */
const FORBIDDEN: readonly { readonly pattern: RegExp; readonly what: string }[] = [
  {
    pattern: new RegExp(["(?<![\\w.-])/(work", "root", "home/\\w+", "Users/\\w+)/"].join("|")),
    what: "a path of one machine",
  },
  { pattern: /[A-Z]:\\+Users/, what: "a path of one machine" },
  {
    pattern: new RegExp(["registry\\.(npmjs|yarnpkg|npmmirror)", "pypi\\.org", "files\\.python" + "hosted"].join("|")),
    what: "a registry host (the registry is the user's own setting)",
  },
  { pattern: new RegExp(`@ts-${"ignore"}\\b|@ts-${"nocheck"}\\b`), what: "a switched-off type check" },
  { pattern: new RegExp(`\\bas ${"unknown"} as\\b`), what: "a double cast" },
];

/** Checks one file's text for what no file may hold. */
export function checkText(file: string, text: string): string[] {
  const problems: string[] = [];
  text.split("\n").forEach((line, index) => {
    for (const { pattern, what } of FORBIDDEN) {
      if (pattern.test(line)) problems.push(`${file}:${index + 1} holds ${what}: ${line.trim().slice(0, 100)}`);
    }
  });
  return problems;
}
