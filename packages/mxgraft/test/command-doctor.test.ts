import { expect, test } from "vitest";
import { runHere } from "./run-command.ts";

test("the doctor lists every backend, with the reason where one is missing", async () => {
  const { code, stdout } = await runHere("doctor", "--json", "--backend", "wasm");
  const found = JSON.parse(stdout);
  expect(code).toBe(0);
  expect(found.backends.map(({ name }: { name: string }) => name)).toEqual([
    "tensorflow",
    "webgpu",
    "wasm",
    "webgl",
    "cpu",
  ]);
  for (const { available, reason } of found.backends) expect(available || reason.length > 0).toBe(true);
  expect(found).toMatchObject({ command: "doctor", chosen: { asked: "wasm", backend: "wasm" }, problems: [] });
  expect(found.tfjsCopies).toHaveLength(1);
  expect(found.node).toBe(process.version);
});

test("the doctor as text marks what the option takes", async () => {
  const { code, stdout } = await runHere("doctor", "--backend", "wasm");
  expect(code).toBe(0);
  expect(stdout).toMatch(/^ {2}wasm \* +yes$/m);
  expect(stdout).toMatch(/^ {2}webgl +no +it needs a browser$/m);
  expect(stdout).toMatch(/^ {2}Node +v\d/m);
  expect(stdout.trimEnd().endsWith("All is well.")).toBe(true);
});

test("a backend that does not start is a problem: exit code 1", async () => {
  const { code, stdout } = await runHere("doctor", "--backend", "webgl");
  expect(code).toBe(1);
  expect(stdout).toContain('--backend webgl does not start: Backend "webgl" is not available: it needs a browser.');
});
