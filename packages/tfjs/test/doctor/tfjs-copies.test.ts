import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { tfjsCopies } from "../../src/doctor/tfjs-copies.ts";

let project: string;
beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), "mxgraft-copies-"));
});
afterEach(() => rmSync(project, { recursive: true }));

function install(path: string, version: string): void {
  const folder = join(project, "node_modules", path);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), JSON.stringify({ version }));
}

test("mxgraft itself has one tfjs-core, used by the union package and by wasm", () => {
  const copies = tfjsCopies();
  expect(copies).toHaveLength(1);
  expect(copies[0]).toMatchObject({
    version: "4.22.0",
    usedBy: expect.arrayContaining(["@tensorflow/tfjs", "@tensorflow/tfjs-backend-wasm"]),
  });
});

test("a second copy is found, with the package that uses it", () => {
  install("@tensorflow/tfjs-core", "4.22.0");
  install("@tensorflow/tfjs", "4.22.0");
  install("@tensorflow/tfjs-backend-wasm", "4.20.0");
  install("@tensorflow/tfjs-backend-wasm/node_modules/@tensorflow/tfjs-core", "4.20.0");
  const copies = tfjsCopies(join(project, "main.js"));
  expect(copies.map(({ version, usedBy }) => ({ version, usedBy }))).toEqual([
    { version: "4.22.0", usedBy: ["@tensorflow/tfjs"] },
    { version: "4.20.0", usedBy: ["@tensorflow/tfjs-backend-wasm"] },
  ]);
});

test("a project without tfjs has no copy", () => {
  expect(tfjsCopies(join(project, "main.js"))).toEqual([]);
});
