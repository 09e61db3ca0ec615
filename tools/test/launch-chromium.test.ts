import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { CHROMIUM_MISSING, findChromium, launchChromium } from "../browser/launch-chromium.ts";

const folder = mkdtempSync(join(tmpdir(), "chromium-"));
const before = process.env.MXGRAFT_CHROMIUM;

afterEach(() => {
  if (before === undefined) delete process.env.MXGRAFT_CHROMIUM;
  else process.env.MXGRAFT_CHROMIUM = before;
  rmSync(folder, { recursive: true, force: true });
});

test("finds the program on the path, but no file that cannot be run", () => {
  writeFileSync(join(folder, "chromium"), "");
  expect(findChromium({ PATH: folder })).toBeUndefined();
  chmodSync(join(folder, "chromium"), 0o755);
  expect(findChromium({ PATH: `/nowhere:${folder}` })).toBe(join(folder, "chromium"));
  expect(findChromium({ PATH: folder, MXGRAFT_CHROMIUM: join(folder, "other") })).toBeUndefined();
});

test("says how to get a Chromium where there is none", async () => {
  process.env.MXGRAFT_CHROMIUM = join(folder, "missing");
  await expect(launchChromium()).rejects.toThrow(CHROMIUM_MISSING);
});
