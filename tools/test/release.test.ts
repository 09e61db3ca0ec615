import { describe, expect, test } from "vitest";
import { type Change, parseChange } from "../release/change-file.ts";
import { addToChangelog } from "../release/changelog.ts";
import { nextVersion } from "../release/next-version.ts";

const KNOWN = ["files", "symbol"];

test("a change file names packages, sizes and a text", () => {
  const change = parseChange("a.md", "---\nsymbol: minor\nfiles: patch\n---\nGraphs load.\n\nAll of them.\n", KNOWN);
  expect([...change.packages]).toEqual([
    ["symbol", "minor"],
    ["files", "patch"],
  ]);
  expect(change.text).toBe("Graphs load.\n\nAll of them.");
});

test.for([
  {
    name: "no head",
    content: "Graphs load.",
    message: 'a.md: expected lines "package: size" between two lines "---".',
  },
  { name: "another package", content: "---\nsymbols: minor\n---\nx", message: 'a.md: there is no package "symbols"' },
  { name: "another size", content: "---\nsymbol: big\n---\nx", message: 'a.md: "symbol" is "big", expected patch' },
  { name: "no text", content: "---\nsymbol: minor\n---\n", message: "a.md: expected at least one package, and a text" },
])("a change file with $name is refused", ({ content, message }) => {
  expect(() => parseChange("a.md", content, KNOWN)).toThrow(message);
});

const change = (size: "patch" | "minor" | "major", text = "x"): Change => ({
  packages: new Map([["symbol", size]]),
  text,
});

describe("the largest change decides the next version", () => {
  test.for([
    { version: "1.2.3", sizes: ["patch"], next: "1.2.4" },
    { version: "1.2.3", sizes: ["patch", "minor"], next: "1.3.0" },
    { version: "1.2.3", sizes: ["major", "minor"], next: "2.0.0" },
    { version: "0.1.0", sizes: ["patch"], next: "0.1.1" },
    { version: "0.1.0", sizes: ["major"], next: "0.2.0" },
  ] as const)("$version with $sizes is followed by $next", ({ version, sizes, next }) => {
    const changes = sizes.map((size) => change(size));
    expect(nextVersion(version, changes)).toBe(next);
  });
});

test("a changelog gets the new version on top, and only in packages that changed", () => {
  const first = addToChangelog("", "@mxgraft/symbol", "0.1.0", "symbol", [change("minor", "One.")]);
  expect(first).toBe("# Changelog of @mxgraft/symbol\n\n## 0.1.0\n\n- One.\n");
  expect(addToChangelog(first, "@mxgraft/symbol", "0.2.0", "symbol", [change("minor", "Two.\nMore.")])).toBe(
    "# Changelog of @mxgraft/symbol\n\n## 0.2.0\n\n- Two.\n  More.\n\n## 0.1.0\n\n- One.\n",
  );
  expect(addToChangelog("", "@mxgraft/files", "0.2.0", "files", [change("minor")])).toBe("");
});
