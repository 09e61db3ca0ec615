import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runHere, runReal } from "./run-command.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "demo-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const SMALL = ["--num-train", "150", "--num-test", "60", "--num-epochs", "2"];

test("the demo writes checkpoint, figure and page into ./runs/demo, and says where and what next", async () => {
  const { code, stdout } = await runReal(["demo", "--backend", "wasm", ...SMALL], { cwd: folder });
  expect(code).toBe(0);
  expect(stdout).toMatch(/^test accuracy 0\.\d{4}$/m);
  for (const file of ["lenet-0002.params", "lenet-symbol.json", "features.svg", "features.html"]) {
    expect(stdout).toContain(join("runs", "demo", file));
    expect(existsSync(join(folder, "runs", "demo", file)), file).toBe(true);
  }
  expect(stdout).toContain("Try next:");
  // Before and after the training, 150 and 60 points each.
  const page = readFileSync(join(folder, "runs", "demo", "features.html"), "utf8");
  expect(page).toContain('max="2"');
  expect(page).not.toMatch(/(src|href)="?http/);
});

test("the demo as JSON, with the same numbers for the same seed", async () => {
  const run = async (seed: string) => {
    const words = ["demo", "--backend", "wasm", ...SMALL, "--seed", seed, "--out", join(folder, seed), "--json"];
    const { stdout } = await runHere(...words);
    return JSON.parse(stdout);
  };
  const [first, again, other] = [await run("3"), await run("3"), await run("4")];
  expect(first.figures).toEqual(again.figures);
  expect(first.epochs[1].train).not.toEqual(other.epochs[1].train);
  expect(first).toMatchObject({ command: "demo", config: { batchSize: 50 }, data: { train: 150, test: 60 } });
});
