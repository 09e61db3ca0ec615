import { execFile, spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";

// packages/mxgraft/bin in a folder of its own, with small programs around it.
const root = fileURLToPath(new URL("..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "mxgraft-start-"));
const command = join(folder, "bin/mxgraft.js");

const MAIN = `
import { Worker } from "node:worker_threads";
import { ShapeError } from "@mxgraft/base";
interface Said { readonly name: string }
const said: Said = new ShapeError("x");
const [what] = process.argv.slice(2);
if (what === "worker") {
  const execArgv = ["--import", new URL("../bin/register.js", import.meta.url).href];
  new Worker(new URL("./worker.ts", import.meta.url), { execArgv }).on("message", (text) => console.log(text));
} else if (what === "wait") {
  setTimeout(() => {}, 60_000);
  console.log("waiting");
} else if (what === "fail") {
  throw new ShapeError("no such shape");
} else {
  console.log("sources", said.name);
  process.exitCode = 3;
}`;

const WORKER = `
import { parentPort } from "node:worker_threads";
import { ShapeError } from "@mxgraft/base";
const error: Error = new ShapeError("x");
parentPort?.postMessage("worker " + error.name);`;

beforeAll(() => {
  cpSync(join(root, "packages/mxgraft/bin"), join(folder, "bin"), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  mkdirSync(join(folder, "src"));
  writeFileSync(join(folder, "src/main.ts"), MAIN);
  writeFileSync(join(folder, "src/worker.ts"), WORKER);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Ended {
  readonly code: unknown;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command without the settings of the process that runs the tests. */
function run(args: readonly string[], variables: Record<string, string> = {}): Promise<Ended> {
  const { MXGRAFT_SOURCE: _, NODE_OPTIONS: __, FORCE_COLOR: ___, ...env } = process.env;
  return new Promise((resolve) => {
    execFile(process.execPath, [command, ...args], { env: { ...env, ...variables } }, (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, stdout, stderr }),
    );
  });
}

test("without a build the command runs its TypeScript sources, and hands on the exit code", async () => {
  expect(await run([])).toEqual({ code: 3, stdout: "sources ShapeError\n", stderr: "" });
});

test("an error shows where it was thrown, in the lines of the source", async () => {
  const { code, stderr } = await run(["fail"]);
  expect(code).toBe(1);
  expect(stderr).toContain("no such shape");
  expect(stderr).toMatch(/main\.ts:14:/);
});

test("worker threads import TypeScript too", async () => {
  expect(await run(["worker"])).toEqual({ code: 0, stdout: "worker ShapeError\n", stderr: "" });
});

test("Ctrl-C ends it at once", async () => {
  const child = spawn(process.execPath, [command, "wait"], { stdio: ["ignore", "pipe", "inherit"] });
  const signal = await new Promise((resolve) => {
    child.stdout.once("data", () => child.kill("SIGINT"));
    child.once("exit", (_code, by) => resolve(by));
  });
  expect(signal).toBe("SIGINT");
});

test("a build is preferred, unless MXGRAFT_SOURCE asks for the sources", async () => {
  mkdirSync(join(folder, "dist"));
  writeFileSync(join(folder, "dist/main.js"), 'console.log("built");');
  expect(await run([])).toMatchObject({ code: 0, stdout: "built\n" });
  expect(await run([], { MXGRAFT_SOURCE: "1" })).toMatchObject({ code: 3, stdout: "sources ShapeError\n" });
  rmSync(join(folder, "dist"), { recursive: true });
});
