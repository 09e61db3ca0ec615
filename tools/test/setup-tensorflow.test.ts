import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

const RUN = fileURLToPath(new URL("../run.js", import.meta.url));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "mxgraft-setup-command-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Runs the command with a PATH that holds only the given programs, all of which answer with success. */
function run(args: readonly string[], programs: readonly string[] = []) {
  for (const program of programs) {
    writeFileSync(join(folder, program), "#!/bin/sh\nexit 0\n");
    chmodSync(join(folder, program), 0o755);
  }
  const env = { PATH: folder, HOME: folder, MXGRAFT_CACHE: join(folder, "cache") };
  const { status, stdout, stderr } = spawnSync(process.execPath, [RUN, "setup-tensorflow", ...args], {
    env,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

test("--help says what is needed and where the files go", () => {
  const { status, stdout } = run(["--help"]);
  expect(status).toBe(0);
  expect(stdout).toContain("--gpu");
  expect(stdout).toContain(`Files are kept in ${join(folder, "cache")} (MXGRAFT_CACHE=FOLDER chooses another place).`);
});

describe("wrong usage ends with 2:", () => {
  const cases = [
    { name: "a mistyped option", args: ["--gpuu"], message: '"--gpuu" is not known. Did you mean "--gpu"?' },
    { name: "a word", args: ["gpu"], message: '"gpu" is not known. Did you mean "--gpu"? Expected: --gpu' },
    { name: "two that exclude each other", args: ["--gpu", "--remove"], message: "exclude each other" },
  ];
  test.for(cases)("$name", ({ args, message }) => {
    const { status, stderr } = run(args);
    expect(stderr).toContain(message);
    expect(status).toBe(2);
  });
});

describe.skipIf(process.platform !== "linux" || process.arch !== "x64")("what is missing ends with 1:", () => {
  const cases = [
    { name: "a compiler", programs: [], message: /^A C\+\+ compiler was not found; tried .*\n$/ },
    { name: "pip", programs: ["g++"], message: /^pip was not found: .*\n$/ },
  ];
  test.for(cases)("$name", ({ programs, message }) => {
    const { status, stdout, stderr } = run([], programs);
    // The message alone, without a stack.
    expect(stderr).toMatch(message);
    expect(stdout).toBe("");
    expect(status).toBe(1);
  });
});

test("--remove has nothing to do in an empty cache folder, and leaves the links of other cache folders", () => {
  const { status, stdout } = run(["--remove"]);
  expect(stdout).toBe("There was nothing to remove.\n");
  expect(status).toBe(0);
  expect(existsSync(join(folder, "cache"))).toBe(false);
});
