import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterEach, expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const example = /```ts\n([\s\S]*?)```/.exec(readFileSync(join(root, "README.md"), "utf8"))?.[1] ?? "";

let folder: string | undefined;
afterEach(() => {
  if (folder !== undefined) rmSync(folder, { recursive: true });
});

test("the example of the README is short, runs, and learns the same on both backends", async () => {
  expect(example.trim().split("\n").length).toBeLessThan(20);
  // Inside the package, where "mxgraft" leads to these sources.
  folder = mkdtempSync(join(root, "test", ".example-"));
  const file = join(folder, "example.ts");
  writeFileSync(file, example);
  const { stdout } = await promisify(execFile)(process.execPath, ["--import", join(root, "bin/register.js"), file], {
    env: { ...process.env, MXGRAFT_SOURCE: "1" },
  });
  const accuracies = [...stdout.matchAll(/^Epoch\[4\] Train-accuracy=(.*)$/gm)].map((match) => Number(match[1]));
  expect(accuracies).toHaveLength(2);
  expect(accuracies[0]).toBeGreaterThan(0.7);
  expect(accuracies[1]).toBeCloseTo(accuracies[0] ?? 0, 2);
});
