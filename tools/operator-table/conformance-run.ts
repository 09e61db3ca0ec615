import { UsageError } from "@mxgraft/base";

/** How one operator ran in one direction of a compiled graph. */
export interface OperatorWay {
  readonly operator: string;
  readonly direction: "forward" | "backward";
  readonly how: "lowered" | "recorded" | "eager";
  /** Why it stays eager. */
  readonly reason?: string;
}

/** One case as the conformance runner prints it with `--json`. */
export interface CaseOutcome {
  readonly group: string;
  readonly name: string;
  readonly operator: string;
  readonly status: "passed" | "failed" | "skipped";
  /** Why it did not pass. */
  readonly problems?: readonly string[];
  /** How the operators of a compiled graph ran. */
  readonly compiled?: readonly OperatorWay[];
}

/** What the conformance runner prints with `--json`. */
export interface ConformanceRun {
  readonly backend: string;
  /** How graphs ran: `"eager"`, `"compiled"`; absent when the backend's own default. */
  readonly mode?: string;
  /** Where it ran: `"node"`, `"chromium"`. */
  readonly host?: string;
  readonly results: readonly CaseOutcome[];
}

/**
 * Reads the printed JSON of a run.
 *
 * @throws UsageError  it is none.
 */
export function parseConformanceRun(text: string, file: string): ConformanceRun {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${file} is no JSON: ${error instanceof Error ? error.message : error}.`);
  }
  if (!isRun(parsed)) {
    throw new UsageError(
      `${file} holds no result of "npm run conformance -- DIR --json": expected backend and results.`,
    );
  }
  return parsed;
}

function isRun(value: unknown): value is ConformanceRun {
  return (
    typeof value === "object" &&
    value !== null &&
    "backend" in value &&
    typeof value.backend === "string" &&
    "results" in value &&
    Array.isArray(value.results)
  );
}

/** The heading of the column of a run: the backend, how it ran where that is not its default, and the browser. */
export function columnOf({ backend, mode, host }: ConformanceRun, others: readonly ConformanceRun[]): string {
  const several = others.some((other) => other.backend === backend && other.host === host && other.mode !== mode);
  const name = mode !== undefined && (several || mode === "compiled") ? `${backend} ${mode}` : backend;
  return host === "chromium" ? `${name} in Chromium` : name;
}

/** A line for each case that a run did not pass. */
export function exceptionsOf({ results }: ConformanceRun, column: string): string[] {
  return results
    .filter(({ status }) => status !== "passed")
    .map(({ name, status, problems = [] }) => `${column}, \`${name}\`, ${status}: ${problems.join("; ")}`);
}
