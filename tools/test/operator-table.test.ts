import { readFileSync } from "node:fs";
import { builtins } from "@mxgraft/operators";
import { expect, test } from "vitest";
import { operatorTable } from "../operator-table/operator-table.ts";

test("says yes only where all cases pass", () => {
  const table = operatorTable(
    [
      { name: "b", aliases: ["B"], cases: 2, passed: { wasm: 2, cpu: 1 } },
      { name: "a", aliases: [], cases: 0, passed: {} },
    ],
    ["wasm", "cpu"],
  );
  expect(table).toContain("| `a` |  |  |  |  |\n| `b` | `B` | 2 | yes | 1 of 2 |");
  expect(table).toContain("2 operators; 1 of them are compared with 2 cases");
});

test("docs/operators.md has a row for every built-in operator", () => {
  const page = readFileSync(new URL("../../docs/operators.md", import.meta.url), "utf8");
  expect(Object.keys(builtins).filter((name) => !page.includes(`\n| \`${name}\` |`))).toEqual([]);
});
