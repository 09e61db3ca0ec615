import type { CaseResult } from "./run-case.ts";

export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

export function count(results: readonly CaseResult[]): Counts {
  const counts: Counts = { passed: 0, failed: 0, skipped: 0 };
  for (const { status } of results) if (status !== "prose") counts[status]++;
  return counts;
}

function grouped<K>(results: readonly CaseResult[], key: (result: CaseResult) => K): Map<K, CaseResult[]> {
  const groups = new Map<K, CaseResult[]>();
  for (const result of results) {
    const group = groups.get(key(result));
    if (group) group.push(result);
    else groups.set(key(result), [result]);
  }
  return groups;
}

export function formatCounts({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

/** Differences shown of a failed case; the first ones say what is wrong. */
const SHOWN = 5;

/** Lines for a person: per group and operator what passed, failed with the largest error, and is not supported. */
export function describe(results: readonly CaseResult[]): string[] {
  const lines: string[] = [];
  for (const [group, inGroup] of grouped(results, (result) => result.group)) {
    lines.push(`${group}: ${formatCounts(count(inGroup))}`);
    for (const [operator, ofOperator] of grouped(inGroup, (result) => result.operator)) {
      const counts = count(ofOperator);
      if (counts.passed + counts.failed + counts.skipped === 0) continue;
      lines.push(`  ${operator}: ${formatCounts(counts)}`);
      for (const { name, problems } of ofOperator.filter(({ status }) => status === "failed")) {
        lines.push(`    FAILED ${name}`);
        for (const problem of problems.slice(0, SHOWN)) lines.push(`      ${problem}`);
        if (problems.length > SHOWN) lines.push(`      and ${problems.length - SHOWN} more`);
      }
      const reasons = new Set(ofOperator.flatMap(({ status, problems }) => (status === "skipped" ? problems : [])));
      for (const reason of reasons) lines.push(`    not supported: ${reason}`);
    }
  }
  return lines;
}
