import type { CompilationReport, NodeCompilation } from "@mxgraft/executor";

/** How the nodes of one operator ran in one direction of a compiled graph. */
export type OperatorRun = Omit<NodeCompilation, "node">;

/** How the operators of compiled graphs ran; each operator, direction and way once. None where graphs are eager. */
export function operatorRuns(reports: readonly CompilationReport[]): OperatorRun[] {
  const found = new Map<string, OperatorRun>();
  for (const { nodes = [] } of reports) {
    for (const { node: _, ...run } of nodes) {
      found.set([run.operator, run.direction, run.how, run.reason].join(), run);
    }
  }
  return [...found.values()];
}
