import { readFileSync } from "node:fs";
import { UsageError } from "@mxgraft/base";
import { builtinLowerings } from "@mxgraft/graphdef";
import { builtins } from "@mxgraft/operators";
import { expect, test } from "vitest";
import { columnOf, exceptionsOf, parseConformanceRun } from "../operator-table/conformance-run.ts";
import { operatorSummary, operatorTable } from "../operator-table/operator-table.ts";

const passed = (passed: number, cases: number, gradientsPassed = passed, gradients = cases) => ({
  passed,
  cases,
  gradientsPassed,
  gradients,
});

const rows = [
  { name: "b", aliases: ["B"], differentiable: true, cases: 2, runs: { wasm: passed(2, 2), cpu: passed(1, 2, 0, 1) } },
  { name: "a", aliases: [], differentiable: true, cases: 0, runs: {} },
  { name: "c", aliases: [], differentiable: false, cases: 1, runs: { wasm: passed(1, 1, 0, 0) } },
];

test("says yes only where all cases pass, for forward and gradient", () => {
  const table = operatorTable(rows, ["wasm", "cpu"]);
  expect(table).toContain(
    "| `a` |  |  |  |  |\n| `b` | `B` | 2 | yes, yes | 1 of 2, 0 of 1 |\n| `c` |  | 1 | yes, – |  |",
  );
  expect(table).toContain("3 operators; 2 of them are compared with 3 cases");
});

const eager = { how: "eager", reason: "it reads values back" } as const;
const waysCases = [
  { name: "one way", ways: [way("forward", "lowered"), way("backward", "lowered")], text: "lowered" },
  { name: "no gradient", ways: [way("forward", "recorded")], text: "recorded" },
  {
    name: "a gradient apart",
    ways: [way("forward", "lowered"), way("backward", "recorded")],
    text: "lowered, recorded",
  },
  {
    name: "ways by case",
    ways: [way("forward", "recorded"), way("forward", "lowered"), way("backward", "lowered")],
    text: "lowered or recorded, lowered",
  },
  {
    name: "why it is eager, once",
    ways: [
      { ...way("forward", "eager"), ...eager },
      { ...way("backward", "eager"), reason: "its forward is eager" },
    ],
    text: "eager (it reads values back)",
  },
];

function way<D extends "forward" | "backward", H extends "lowered" | "recorded" | "eager">(direction: D, how: H) {
  return { operator: "a", direction, how };
}

test.for(waysCases)("says how a compiled operator ran: $name", ({ ways, text }) => {
  const row = { name: "a", aliases: [], differentiable: true, cases: 1, runs: { tf: { ...passed(1, 1), ways } } };
  expect(operatorTable([row], ["tf"])).toContain(`| \`a\` |  | 1 | yes, yes: ${text} |`);
});

/** Lowerings that no recorded case runs; a test of mxgraft runs them compiled. */
const WITHOUT_CASES: readonly string[] = [
  "amp_cast",
  "_logical_and",
  "_logical_or",
  "_logical_xor",
  "log_sigmoid",
  "_contrib_MultiProposal",
];

test("every lowering is run by a recorded case", () => {
  const page = readFileSync(new URL("../../docs/operators.md", import.meta.url), "utf8");
  const heading = page.split("\n").find((line) => line.startsWith("| Operator |"));
  const column = heading?.split(" | ").indexOf("tensorflow compiled") ?? -1;
  const lowered = new Set(
    page.split("\n").flatMap((line) => {
      const cells = line.split(" | ");
      return cells[column]?.includes("lowered") ? [cells[0]?.replace(/^\| `(.*)`$/, "$1")] : [];
    }),
  );
  const registered = Object.entries(builtinLowerings).flatMap(([name, { forward }]) => (forward ? [name] : []));
  expect(registered.filter((name) => !lowered.has(name))).toEqual(WITHOUT_CASES);
});

test("the summary counts operators and cases of each run", () => {
  const lines = operatorSummary(rows, ["wasm", "cpu"]).split("\n");
  expect(lines[0]).toBe("| 2 operators with recorded cases | wasm | cpu |");
  expect(lines.slice(2)).toEqual(["| all cases pass | 2 | 0 |", "| cases that pass | 3 of 3 | 1 of 2 |"]);
});

test("the summary counts whole networks where they were run", () => {
  const counts = [
    { passed: 3, cases: 4 },
    { passed: 0, cases: 0 },
  ];
  const lines = operatorSummary(rows, ["wasm", "cpu"], [{ title: "networks that pass", counts }]).split("\n");
  expect(lines.at(-1)).toBe("| networks that pass | 3 of 4 |  |");
});

test("a column is named after its backend, and its mode where that tells it apart", () => {
  const runs = [
    { backend: "tensorflow", mode: "eager", results: [] },
    { backend: "tensorflow", mode: "compiled", results: [] },
    { backend: "wasm", mode: "eager", results: [] },
    { backend: "webgpu", results: [] },
    { backend: "webgpu", mode: "eager", host: "chromium", results: [] },
  ];
  expect(runs.map((run) => columnOf(run, runs))).toEqual([
    "tensorflow eager",
    "tensorflow compiled",
    "wasm",
    "webgpu",
    "webgpu in Chromium",
  ]);
});

test("cases that do not pass are listed with their reason", () => {
  const results = [
    { group: "ops", name: "a/1", operator: "a", status: "passed" },
    { group: "ops", name: "b/2", operator: "b", status: "skipped", problems: ["no NaN"] },
  ] as const;
  const exceptions = exceptionsOf({ backend: "webgl", results }, "webgl in Chromium");
  expect(operatorTable(rows, ["wasm"], { exceptions })).toContain(
    "\n\nCases that do not pass, or cannot:\n\n- webgl in Chromium, `b/2`, skipped: no NaN\n\n| Operator",
  );
});

test.for(["{", "[]", '{"backend": "wasm"}'])("%s is refused as the result of a run", (text) => {
  expect(() => parseConformanceRun(text, "run.json")).toThrow(UsageError);
});

test("docs/operators.md has a row for every built-in operator", () => {
  const page = readFileSync(new URL("../../docs/operators.md", import.meta.url), "utf8");
  expect(Object.keys(builtins).filter((name) => !page.includes(`\n| \`${name}\` |`))).toEqual([]);
});
