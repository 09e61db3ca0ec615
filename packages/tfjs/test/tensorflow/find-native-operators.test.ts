import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FormatError } from "@mxgraft/base";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { declaredNativeOperators, findNativeOperators } from "../../src/tensorflow/find-native-operators.ts";

let project: string;
beforeEach(() => {
  project = realpathSync(mkdtempSync(join(tmpdir(), "mxgraft-operators-")));
});
afterEach(() => rmSync(project, { recursive: true }));

/** Writes a package that declares operators, and says where. */
function install(path: string, nativeOperators: unknown): string {
  const folder = join(project, path);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: `the-${path}`, mxgraft: { nativeOperators } }));
  return folder;
}

test("packages with and without a scope, and linked ones, are found; the nearest of two counts", () => {
  const near = install("near/node_modules/@mine/op", { op: { sources: ["native/op.cc"], cuda: "native/op.cu" } });
  install("far/node_modules/old", { op: { sources: ["old.cc"] } });
  const linked = install("workspace/linked", { another: { sources: ["a.cc", "b.cc"] } });
  symlinkSync(linked, join(project, "far/node_modules/linked"));
  mkdirSync(join(project, "far/node_modules/.bin"));
  const modules = ["near/node_modules", "far/node_modules", "absent/node_modules"].map((path) => join(project, path));
  expect(findNativeOperators(modules)).toEqual([
    { name: "another", package: "the-workspace/linked", folder: linked, sources: ["a.cc", "b.cc"] },
    {
      name: "op",
      package: "the-near/node_modules/@mine/op",
      folder: near,
      sources: ["native/op.cc"],
      cuda: "native/op.cu",
    },
  ]);
});

describe("a declaration of another form is refused:", () => {
  const cases = [
    { name: "no sources", operators: { op: {} } },
    { name: "an empty list", operators: { op: { sources: [] } } },
    { name: "a source that is no text", operators: { op: { sources: ["a.cc", 1] } } },
    { name: "a name that is a path", operators: { "../op": { sources: ["a.cc"] } } },
  ];
  test.for(cases)("$name", ({ operators }) => {
    const text = JSON.stringify({ name: "p", mxgraft: { nativeOperators: operators } });
    expect(() => declaredNativeOperators(text, "/p")).toThrow(FormatError);
    expect(() => declaredNativeOperators(text, "/p")).toThrow('/p/package.json: "mxgraft.nativeOperators" has "');
  });
});

test("a package.json that is no JSON concerns us only if it speaks of native operators", () => {
  expect(declaredNativeOperators("{ damaged", "/p")).toEqual([]);
});
