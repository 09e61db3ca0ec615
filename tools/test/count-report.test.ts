import { expect, test } from "vitest";
import { countReport } from "../run-tests/count-report.ts";

const file = (status: string, tests: readonly string[], message = "") => ({
  name: "a.test.ts",
  status,
  message,
  assertionResults: tests.map((result, index) => ({ status: result, fullName: `test ${index}` })),
});

const cases = [
  {
    name: "adds up passed, failed, skipped and todo tests",
    report: { success: false, testResults: [file("failed", ["passed", "passed", "failed", "skipped", "todo"])] },
    expected: { passed: 2, failed: 1, skipped: 2, failures: ["base: test 2"] },
  },
  {
    name: "counts a test file that cannot be imported",
    report: {
      success: false,
      testResults: [file("failed", [], "Cannot find module\nat x"), file("passed", ["passed"])],
    },
    expected: { passed: 1, failed: 1, skipped: 0, failures: ["base: a.test.ts: Cannot find module"] },
  },
  {
    name: "counts an error outside all tests",
    report: { success: false, testResults: [file("passed", ["passed"])] },
    expected: { passed: 1, failed: 1, skipped: 0, failures: ["base: an error outside all tests"] },
  },
  {
    name: "takes a package without tests as nothing passed and nothing failed",
    report: { success: true, testResults: [] },
    expected: { passed: 0, failed: 0, skipped: 0, failures: [] },
  },
];

test.for(cases)("$name", ({ report, expected }) => {
  expect(countReport("base", JSON.stringify(report))).toEqual(expected);
});

const noReport = [
  { name: "a missing report", text: undefined },
  { name: "a report cut short", text: '{"success":true,"testRes' },
  { name: "JSON that is no report", text: "{}" },
];

test.for(noReport)("counts $name as one failure", ({ text }) => {
  expect(countReport("base", text)).toMatchObject({ passed: 0, failed: 1 });
});
