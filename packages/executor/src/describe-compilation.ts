import type { CompilationReport } from "./compilation.ts";

/** How a graph runs that has been trained with, as lines of a log; none when it is eager as expected. */
export function describeCompilation(report: CompilationReport): string[] {
  const { mode, carrier, reason, stepReason, sumsReason, eagerNodes } = report;
  if (mode === "eager") return reason === undefined ? [] : [`Training runs eager: ${reason}`];
  const compiled = carrier === "session" ? "Training runs compiled, in a session" : "Training runs compiled";
  const lines = [
    stepReason === undefined
      ? `${compiled}: each step is one call`
      : `${compiled}, each step in several calls: ${stepReason}`,
  ];
  if (reason !== undefined) lines.push(`Not as a function, which is faster: ${reason}`);
  if (sumsReason !== undefined) lines.push(`Metrics are computed outside of the compiled step: ${sumsReason}`);
  for (const { node, operator, reason: why } of eagerNodes) lines.push(`Stays eager: ${node} (${operator}), ${why}`);
  return lines;
}
