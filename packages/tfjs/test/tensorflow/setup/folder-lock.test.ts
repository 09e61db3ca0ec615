import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { withFolderLock } from "../../../src/tensorflow/setup/folder-lock.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "mxgraft-lock-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

test("callers in one process take turns, and nothing is left behind", async () => {
  let inside = 0;
  let most = 0;
  const waits: string[] = [];
  const work = async () => {
    inside++;
    most = Math.max(most, inside);
    await sleep(5);
    inside--;
  };
  await Promise.all(
    Array.from({ length: 6 }, () => withFolderLock(join(folder, "cache"), (pid) => waits.push(pid), work)),
  );
  expect(most).toBe(1);
  expect(waits).toEqual(Array.from({ length: 5 }, () => String(process.pid)));
  expect(readdirSync(join(folder, "cache"))).toEqual([]);
});
