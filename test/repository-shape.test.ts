import { describe, expect, test } from "vitest";
import { checkBrowserSafe } from "./checks/check-browser-safe.ts";
import { checkDependencyPage } from "./checks/check-dependency-page.ts";
import { checkFileNames, writtenFiles } from "./checks/check-file-names.ts";
import { checkLockFile } from "./checks/check-lock-file.ts";
import { checkPackages } from "./checks/check-packages.ts";
import { checkText } from "./checks/check-texts.ts";
import { fakeRepository, readRepository } from "./checks/repository.ts";

const repository = readRepository();

describe("the repository:", () => {
  test("packages have the same files, fields, scripts and entry points", () => {
    expect(checkPackages(repository)).toEqual([]);
  });

  test("files are in kebab-case and say what they are", () => {
    expect(checkFileNames(repository.files)).toEqual([]);
  });

  test("main entries load in a browser", () => {
    expect(checkBrowserSafe(repository)).toEqual([]);
  });

  test("docs/dependencies.md gives the reason of every dependency", () => {
    expect(checkDependencyPage(repository, repository.read("docs/dependencies.md"))).toEqual([]);
  });

  test("package-lock.json serves every platform and every registry", () => {
    expect(checkLockFile(JSON.parse(repository.read("package-lock.json")))).toEqual([]);
  });

  test("no file names a machine, a registry, or switches a check off", () => {
    const files = writtenFiles(repository);
    expect(files.length).toBeGreaterThan(50);
    expect(files.flatMap((file) => checkText(file, repository.read(file)))).toEqual([]);
  });

  test("dependencies may not run install scripts", () => {
    expect(repository.read(".npmrc").split("\n")).toContain("ignore-scripts=true");
  });
});

/** One good package, with some texts replaced. */
function sample(texts: Record<string, string> = {}, fields: Record<string, unknown> = {}) {
  const manifest = {
    name: "@mxgraft/base",
    version: "0.1.0",
    description: "Base.",
    license: "Apache-2.0",
    type: "module",
    engines: { node: ">=20" },
    sideEffects: false,
    scripts: {
      build: "tsc -p tsconfig.build.json",
      typecheck: "tsc",
      lint: "biome check .",
      test: "vitest run",
    },
    exports: {
      ".": { "@mxgraft/source": "./src/index.ts", types: "./dist/index.d.ts", default: "./dist/index.js" },
      "./package.json": "./package.json",
    },
    files: ["dist", "src"],
    ...fields,
  };
  return fakeRepository({
    "package.json": '{"engines":{"node":">=20"}}',
    "packages/base/package.json": JSON.stringify(manifest),
    "packages/base/README.md": "# @mxgraft/base\n\n```ts\n```\n",
    "packages/base/src/index.ts": 'export { a } from "./a.ts";',
    "packages/base/src/a.ts": "export const a = 1;",
    "packages/base/tsconfig.json": "{}",
    "packages/base/tsconfig.build.json": "{}",
    "packages/base/vitest.config.ts": "",
    ...texts,
  });
}

describe("checkPackages", () => {
  test("accepts a good package", () => {
    expect(checkPackages(sample())).toEqual([]);
  });

  const cases: readonly {
    name: string;
    texts?: Record<string, string>;
    fields?: Record<string, unknown>;
    problem: string;
  }[] = [
    {
      name: "a README with another title",
      texts: { "packages/base/README.md": "# Base\n```ts\n```" },
      problem: 'packages/base/README.md does not begin with "# @mxgraft/base"',
    },
    {
      name: "a README without an example",
      texts: { "packages/base/README.md": "# @mxgraft/base\n" },
      problem: "packages/base/README.md has no example",
    },
    {
      name: "an index with code",
      texts: { "packages/base/src/index.ts": 'export { a } from "./a.ts"; export const b = 1;' },
      problem: "packages/base/src/index.ts holds a ExportNamedDeclaration; an index has only `export ... from`",
    },
    {
      name: "an index that imports for effect",
      texts: { "packages/base/src/index.ts": 'export { a } from "./a.ts"; import "./a.ts";' },
      problem: "packages/base/src/index.ts holds a ImportDeclaration; an index has only `export ... from`",
    },
    {
      name: "an empty index",
      texts: { "packages/base/src/index.ts": "export {};" },
      problem: "packages/base/src/index.ts exports nothing",
    },
    {
      name: "another licence",
      fields: { license: "MIT" },
      problem: 'packages/base/package.json: "license" is MIT, expected Apache-2.0',
    },
    {
      name: "an older Node",
      fields: { engines: { node: ">=18" } },
      problem: 'packages/base/package.json: "engines.node" is >=18, expected >=20',
    },
    {
      name: "an install script",
      fields: { scripts: { postinstall: "node setup.js" } },
      problem: 'packages/base/package.json has the install script "postinstall"',
    },
    {
      name: "an entry without its source",
      fields: { exports: { ".": { default: "./dist/index.js" }, "./package.json": "./package.json" } },
      problem: 'packages/base/package.json: "." has the source "", which is absent',
    },
    {
      name: "an entry whose source is absent",
      fields: {
        exports: {
          ".": { "@mxgraft/source": "./src/gone.ts", types: "./dist/gone.d.ts", default: "./dist/gone.js" },
        },
      },
      problem: 'packages/base/package.json: "." has the source "./src/gone.ts", which is absent',
    },
    {
      name: "nothing to publish",
      fields: { files: ["src"] },
      problem: 'packages/base/package.json: "files" lacks "dist"',
    },
  ];
  test.for(cases)("finds $name", ({ texts, fields, problem }) => {
    expect(checkPackages(sample(texts, fields))).toContain(problem);
  });

  test("finds a missing file", () => {
    const bare = fakeRepository({ "packages/base/package.json": '{"name":"@mxgraft/base"}' });
    expect(checkPackages(bare)).toEqual(expect.arrayContaining(["packages/base has no README.md"]));
  });
});

describe("checkFileNames", () => {
  const bad = ["packages/base/src/hostArray.ts", "packages/Base/x.ts", "packages/base/src/shape_math.ts"];
  test.for(bad)("refuses %s", (file) => {
    expect(checkFileNames([file])).toHaveLength(1);
  });

  const vague = ["src/utils.ts", "src/helpers/a.ts", "src/shape-utils.ts", "src/common.ts", "src/cell-manager.ts"];
  test.for(vague)("refuses %s, which says nothing", (file) => {
    expect(checkFileNames([file])).toEqual([expect.stringContaining("does not say what it is")]);
  });

  const good = [
    ...["README.md", ".npmrc", ".ci/run", "tsconfig.base.json", "packages/base/src/host-array.ts"],
    ...["packages/metric/src/commonplace.ts", "packages/files/test/cases/Some_File.params", "native/center-loss.cc"],
    ...["packages/symbol/src/name-manager.ts", "packages/symbol/test/name-manager.test.ts"],
  ];
  test("accepts what it should", () => {
    expect(checkFileNames(good)).toEqual([]);
  });
});

describe("checkBrowserSafe", () => {
  const cases = [
    { name: "a Node module", text: 'import { readFileSync } from "node:fs";', found: 'imports "node:fs"' },
    { name: "a dynamic Node module", text: 'export const f = () => import("node:fs");', found: 'imports "node:fs"' },
    { name: "an entry that needs Node", text: 'export * from "@mxgraft/files/node";', found: 'imports "node:zlib"' },
    { name: "tfjs-node", text: 'import "@tensorflow/tfjs-node-gpu";', found: "tfjs-node-gpu" },
    { name: "process", text: "export const a = process.env.A;", found: 'uses "process"' },
    { name: "Buffer", text: "export const a = Buffer.from([]);", found: 'uses "Buffer"' },
  ];
  test.for(cases)("finds $name behind the main entry", ({ text, found }) => {
    const files = {
      "packages/files/package.json":
        '{"name":"@mxgraft/files","exports":{"./node":{"@mxgraft/source":"./src/node.ts"}}}',
      "packages/files/src/node.ts": 'import { gzipSync } from "node:zlib";',
    };
    const repository = sample({ ...files, "packages/base/src/a.ts": text });
    expect(checkBrowserSafe(repository)).toEqual([expect.stringContaining(found)]);
  });

  test("lets files behind other entries, types and local names be", () => {
    const texts = {
      "packages/base/src/node.ts": 'import { readFileSync } from "node:fs";',
      "packages/base/src/a.ts":
        'import type { Stats } from "node:fs"; export const a = (process: { env: string }) => process.env;',
    };
    expect(checkBrowserSafe(sample(texts))).toEqual([]);
  });
});

describe("checkLockFile", () => {
  const esbuild = { version: "1.0.0", integrity: "x", optionalDependencies: { "@esbuild/win32": "1.0.0" } };
  const cases = [
    {
      name: "an optional package without an entry",
      packages: { "node_modules/esbuild": esbuild },
      problem: '"node_modules/esbuild" has the optional dependency "@esbuild/win32", which has no entry',
    },
    {
      name: "a registry",
      packages: { "node_modules/a": { version: "1.0.0", integrity: "x", resolved: "https://registry.example/a.tgz" } },
      problem: '"node_modules/a" names a registry: https://registry.example/a.tgz',
    },
    {
      name: "a package without a hash",
      packages: { "node_modules/a": { version: "1.0.0" } },
      problem: '"node_modules/a" has no integrity hash',
    },
  ];
  test.for(cases)("finds $name", ({ packages, problem }) => {
    expect(checkLockFile({ lockfileVersion: 3, packages })).toEqual([problem]);
  });

  test.for(["node_modules/@esbuild/win32", "node_modules/esbuild/node_modules/@esbuild/win32"])(
    "finds the entry %s",
    (path) => {
      const packages = { "node_modules/esbuild": esbuild, [path]: { version: "1.0.0", integrity: "x" } };
      expect(checkLockFile({ lockfileVersion: 3, packages })).toEqual([]);
    },
  );
});

describe("checkText", () => {
  const bad = [
    ["a", "see /", "home/someone/project"].join(""),
    ["cache: C:", "\\Users\\me"].join(""),
    ["https://registry.", "npmjs.org/a"].join(""),
    ["// @ts", "-ignore"].join(""),
    ["x as ", "unknown as Y"].join(""),
  ];
  test.for(bad)("refuses %s", (text) => {
    expect(checkText("a.ts", `fine\n${text}`)).toEqual([expect.stringContaining("a.ts:2 holds")]);
  });

  test("accepts paths that are nobody's", () => {
    expect(checkText("a.md", "src/home/x ../shared/goldens /dev/shm ./work/a https://example.org/home/a/")).toEqual([]);
  });
});

describe("checkDependencyPage", () => {
  const manifests = { "package.json": '{"devDependencies":{"vite":"8.0.0"}}' };
  const row = "| `vite` | 8.0.0 | root | parses TypeScript in the repository's tests |";
  const cases = [
    { name: "a library without a row", page: "", problem: '"vite" is declared but has no row in docs/dependencies.md' },
    {
      name: "another version",
      page: row.replace("8.0.0", "7.0.0"),
      problem: 'docs/dependencies.md says "vite" 7.0.0; declared is 8.0.0',
    },
    {
      name: "another folder",
      page: row.replace("root", "files"),
      problem: 'docs/dependencies.md says "vite" is in files; it is in root',
    },
    {
      name: "a row that is left over",
      page: `${row}\n${row.replace("vite", "gone")}`,
      problem: 'docs/dependencies.md lists "gone", which no package.json declares',
    },
    {
      name: "no reason",
      page: row.replace(/parses.*tests/, "useful"),
      problem: 'docs/dependencies.md gives no reason for "vite"',
    },
  ];
  test.for(cases)("finds $name", ({ page, problem }) => {
    expect(checkDependencyPage(fakeRepository(manifests), page)).toEqual([problem]);
  });

  test("accepts a full page", () => {
    expect(checkDependencyPage(fakeRepository(manifests), row)).toEqual([]);
  });
});
