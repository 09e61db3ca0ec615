/** How many tests of a suite passed, failed and were skipped (todo counts as skipped). */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** What failed, one line each. */
  readonly failures: readonly string[];
}

interface VitestReport {
  readonly success: boolean;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message?: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

/**
 * Counts one Vitest JSON report. Vitest's own totals are not used: a test file that cannot be imported, or an error
 * outside all tests, adds nothing to them. Here each of these is one failure.
 *
 * @param text the report, or undefined when the suite ended without writing one: that too is one failure.
 */
export function countReport(suite: string, text: string | undefined): Counts {
  const report = text === undefined ? undefined : parseReport(text);
  if (report === undefined) {
    return { passed: 0, failed: 1, skipped: 0, failures: [`${suite}: the suite ended without a report`] };
  }
  let passed = 0;
  let skipped = 0;
  const failures: string[] = [];
  for (const file of report.testResults) {
    const failuresBefore = failures.length;
    for (const test of file.assertionResults) {
      if (test.status === "passed") passed += 1;
      else if (test.status === "failed") failures.push(`${suite}: ${test.fullName.trim()}`);
      else skipped += 1;
    }
    if (file.status === "failed" && failures.length === failuresBefore) {
      failures.push(`${suite}: ${file.name}: ${firstLine(file.message) || "failed outside its tests"}`);
    }
  }
  if (!report.success && failures.length === 0 && report.testResults.length > 0) {
    failures.push(`${suite}: an error outside all tests`);
  }
  return { passed, failed: failures.length, skipped, failures };
}

function parseReport(text: string): VitestReport | undefined {
  try {
    const report: VitestReport = JSON.parse(text);
    return Array.isArray(report.testResults) ? report : undefined;
  } catch {
    // Cut short: the process died while it wrote.
    return undefined;
  }
}

function firstLine(text: string | undefined): string {
  return text?.split("\n", 1)[0]?.trim() ?? "";
}
