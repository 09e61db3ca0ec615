import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Check } from "../check.ts";

/** Of all that a first visit needs before anything computes. */
const FIRST_VIEW_BYTES = 40_000;

function zippedBytes(file: string): number {
  return gzipSync(readFileSync(file)).length;
}

export const FIRST_VIEW_CHECKS: readonly Check[] = [
  {
    name: `the first view loads less than ${FIRST_VIEW_BYTES / 1000} kB`,
    async run(_, site) {
      const page = readFileSync(join(site, "index.html"), "utf8");
      const named = readdirSync(join(site, "assets")).filter((name) => page.includes(name));
      const bytes = named.reduce((sum, name) => sum + zippedBytes(join(site, "assets", name)), 0);
      assert(named.length >= 2, "index.html names no script and style sheet");
      assert(bytes + zippedBytes(join(site, "index.html")) < FIRST_VIEW_BYTES, `${bytes} bytes`);
    },
  },
  {
    name: "what only Node can use is not among the files",
    async run(_, site) {
      const scripts = readdirSync(join(site, "assets")).filter((name) => name.endsWith(".js"));
      // An operator of our native code, which compiled mode calls by name.
      const withCompiledMode = scripts.filter((name) =>
        readFileSync(join(site, "assets", name), "utf8").includes("MxgraftAddFunctions"),
      );
      assert.deepEqual(withCompiledMode, [], "compiled mode is in the bundle");
    },
  },
  {
    name: "every backend is offered, or says why not",
    async run(drive) {
      await drive.phase("paused", 60_000);
      for (const backend of ["wasm", "webgl", "webgpu", "cpu"]) {
        const card = drive.page.locator("#set-backend label", { has: drive.page.locator(`input[value="${backend}"]`) });
        assert.match((await card.locator("span").textContent()) ?? "", /\w{4}/, `${backend} says nothing`);
      }
      await drive.picture("train-begin");
    },
  },
];
