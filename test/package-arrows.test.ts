import { describe, expect, test } from "vitest";
import { checkArrows } from "./checks/check-arrows.ts";
import { checkDeclared } from "./checks/check-declared.ts";
import { parseModule } from "./checks/module-imports.ts";
import { packageNameOf } from "./checks/package-name-of.ts";
import { parsePackageTable } from "./checks/package-table.ts";
import { fakeRepository, readRepository } from "./checks/repository.ts";

const repository = readRepository();

test("imports and package.json files follow the package table of README.md", () => {
  expect(checkArrows(repository, parsePackageTable(repository.read("README.md")))).toEqual([]);
});

test("every imported package is declared, in one exact version", () => {
  expect(checkDeclared(repository)).toEqual([]);
});

const TABLE = parsePackageTable(`
<!-- packages: begin -->
| Package | What it is | May import |
| --- | --- | --- |
| [\`base\`](packages/base) | Base. | – |
| [\`files\`](packages/files) | Files. | base |
| [\`run\`](packages/run) | Run. | base |
| \`run/fast\` | Fast. | files, run |
| [\`all\`](packages/all) | All. | all above |
<!-- packages: end -->`);

test("the table is read row by row", () => {
  expect(TABLE.map((row) => [row.name, row.mayImport])).toEqual([
    ["base", []],
    ["files", ["base"]],
    ["run", ["base"]],
    ["run/fast", ["files", "run"]],
    ["all", ["base", "files", "run"]],
  ]);
  expect(() => parsePackageTable("no table")).toThrow("README.md has no table");
});

/** A repository that follows TABLE, with some texts replaced. */
function sample(texts: Record<string, string> = {}) {
  const manifest = (short: string, description: string, dependencies: readonly string[] = []) =>
    JSON.stringify({
      name: `@x/${short}`,
      version: "0.1.0",
      description,
      dependencies: Object.fromEntries(dependencies.map((name) => [`@x/${name}`, "0.1.0"])),
    });
  return fakeRepository({
    "packages/base/package.json": manifest("base", "Base."),
    "packages/base/src/index.ts": 'export { a } from "./a.ts";',
    "packages/base/src/a.ts": "export const a = 1;",
    "packages/files/package.json": manifest("files", "Files.", ["base"]),
    "packages/files/src/index.ts": 'export { a } from "@x/base";',
    "packages/run/package.json": manifest("run", "Run.", ["base", "files"]),
    "packages/run/src/index.ts": 'import { a } from "@x/base"; export const load = () => import("./fast/index.ts");',
    "packages/run/src/fast/index.ts": 'import { b } from "@x/files";',
    "packages/all/package.json": manifest("all", "All.", ["run"]),
    "packages/all/src/index.ts": 'export * from "@x/run";',
    ...texts,
  });
}

test("a repository that follows the table has no problems", () => {
  expect(checkArrows(sample(), TABLE)).toEqual([]);
  expect(checkDeclared(sample())).toEqual([]);
});

describe("an arrow against the table is found", () => {
  const cases = [
    { name: "in a source", file: "packages/base/src/a.ts", text: 'import { b } from "@x/files";' },
    { name: "in a type import", file: "packages/base/src/a.ts", text: 'import type { B } from "@x/files";' },
    { name: "in an import type", file: "packages/base/src/a.ts", text: 'export type B = import("@x/files").B;' },
    { name: "in a dynamic import", file: "packages/base/src/a.ts", text: 'export const b = import("@x/files");' },
    { name: "in a re-export", file: "packages/base/src/a.ts", text: 'export * from "@x/files";' },
    { name: "in a subpath import", file: "packages/base/src/a.ts", text: 'import "@x/files/node";' },
    { name: "in require", file: "packages/base/src/a.ts", text: 'const a = require("@x/files");' },
    { name: "in a test", file: "packages/base/test/a.test.ts", text: 'import { b } from "@x/files";' },
    {
      name: "in a path out of the package",
      file: "packages/base/src/a.ts",
      text: 'import "../../files/src/index.ts";',
    },
    { name: "outside the subpath that may", file: "packages/run/src/slow.ts", text: 'import { b } from "@x/files";' },
  ];
  test.for(cases)("$name", ({ file, text }) => {
    const problems = checkArrows(sample({ [file]: text }), TABLE);
    expect(problems).toEqual([expect.stringContaining(`${file} imports`)]);
  });

  test("in a package.json", () => {
    const manifest = '{"name":"@x/base","description":"Base.","peerDependencies":{"@x/files":"0.1.0"}}';
    expect(checkArrows(sample({ "packages/base/package.json": manifest }), TABLE)).toEqual([
      'packages/base/package.json depends on "files"; base may import nothing',
    ]);
  });

  test("in the table itself, when it points to a later row", () => {
    const [base, ...rest] = TABLE;
    const turned = [{ name: "base", description: base?.description ?? "", mayImport: ["files"] }, ...rest];
    expect(checkArrows(sample(), turned)).toEqual([
      'README.md: "base" may import "files", which is not in an earlier row',
    ]);
  });
});

test("a package without a row, and a row without a package, are found", () => {
  const extra = sample({ "packages/extra/package.json": '{"name":"@x/extra"}' });
  expect(checkArrows(extra, TABLE)).toEqual(["packages/extra has no row in the package table of README.md"]);
  const rows = [...TABLE, { name: "lost", description: "", mayImport: [] }];
  expect(checkArrows(sample(), rows)).toEqual(['README.md: "lost" has a row but there is no packages/lost']);
});

describe("a wrong declaration is found:", () => {
  const cases = [
    {
      name: "an import that is not declared",
      texts: { "packages/base/src/a.ts": 'import "fflate";' },
      problem: 'packages/base/src/a.ts imports "fflate", which packages/base/package.json does not declare',
    },
    {
      name: "a source that needs a tool of the root",
      texts: {
        "package.json": '{"devDependencies":{"fflate":"1.0.0"}}',
        "packages/base/src/a.ts": 'import "fflate";',
      },
      problem: 'packages/base/src/a.ts imports "fflate", which packages/base/package.json does not declare',
    },
    {
      name: "a declaration that nothing imports",
      texts: { "packages/files/src/index.ts": "export {};" },
      problem: 'packages/files/package.json declares "@x/base", which nothing in it imports',
    },
    {
      name: "a range",
      texts: { "package.json": '{"devDependencies":{"vitest":"^4.0.0"}}' },
      problem: 'package.json: "vitest" is ^4.0.0, not exact',
    },
    {
      name: "two versions",
      texts: {
        "package.json": '{"devDependencies":{"fflate":"1.0.0"}}',
        "packages/base/package.json": '{"name":"@x/base","description":"Base.","dependencies":{"fflate":"1.0.1"}}',
        "packages/base/src/a.ts": 'import "fflate";',
      },
      problem: 'packages/base/package.json: "fflate" is 1.0.1, elsewhere 1.0.0',
    },
    {
      name: "a Node module without its prefix",
      texts: { "packages/base/src/a.ts": 'import "fs";' },
      problem: 'packages/base/src/a.ts imports "fs"; write "node:fs"',
    },
  ];
  test.for(cases)("$name", ({ texts, problem }) => {
    expect(checkDeclared(sample(texts))).toContain(problem);
  });
});

test("every way to name a module is found", () => {
  const text = `
    import a from "a"; import type { B } from "b"; import { type C } from "c"; import "d";
    export * from "e"; export type { F } from "f";
    type G = import("g").G; let h: typeof import("h");
    await import("i"); await import(\`j\`); require("k"); require.resolve("l"); import.meta.resolve("m"); vi.mock("n");
    // import "comment"
    const text = 'import "text"';`;
  const found = parseModule("x.ts", text).imports.map(({ specifier, kind }) => `${specifier} ${kind}`);
  expect(found.sort()).toEqual([
    ...["a value", "b type", "c value", "d value", "e value", "f type", "g type", "h type"],
    ...["i dynamic", "j dynamic", "k dynamic", "l dynamic", "m dynamic", "n dynamic"],
  ]);
});

test.for([
  ["@a/b/c", "@a/b"],
  ["a/b", "a"],
  ["./a", undefined],
  ["../a", undefined],
  ["node:fs", undefined],
  ["#internal", undefined],
] as const)("%s belongs to the package %s", ([specifier, name]) => {
  expect(packageNameOf(specifier)).toBe(name);
});
