import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { addonPath, addonState } from "../../src/tensorflow/tfjs-node-package.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "mxgraft-addon-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

test("an addon that was never built is missing", () => {
  expect(addonState(folder)).toEqual({ state: "missing" });
});

test("a link to a file that is gone is dangling", () => {
  mkdirSync(dirname(addonPath(folder)), { recursive: true });
  symlinkSync(join(folder, "gone.node"), addonPath(folder));
  expect(addonState(folder)).toEqual({ state: "dangling" });
});

test("a link to a file is present, under the file's own name", () => {
  mkdirSync(dirname(addonPath(folder)), { recursive: true });
  writeFileSync(join(folder, "built.node"), "");
  symlinkSync(join(folder, "built.node"), addonPath(folder));
  expect(addonState(folder)).toEqual({ state: "present", file: join(folder, "built.node") });
});
