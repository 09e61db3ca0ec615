import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { loadSymbol } from "../src/node/index.ts";

const folder = mkdtempSync(join(tmpdir(), "node-entry-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("mxgraft/node alone knows the operators of graphs in files", () => {
  const recorded = JSON.parse(readFileSync(new URL("cases/lenet-centerloss.json", import.meta.url), "utf8"));
  writeFileSync(join(folder, "lenet-symbol.json"), JSON.stringify(recorded.symbol));
  const symbol = loadSymbol(join(folder, "lenet-symbol.json"));
  expect(symbol.inferShape({ data: [4, 1, 28, 28] }).argShapes).toEqual(recorded.arg_shapes);
});
