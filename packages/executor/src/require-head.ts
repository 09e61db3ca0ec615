import { UsageError } from "@mxgraft/base";
import type { OperatorStep, Plan } from "./plan.ts";

/**
 * No gradient reaches a step that needs one: fine, unless it gives an output of the graph.
 *
 * @throws UsageError  it does, and so the caller forgot its gradient.
 */
export function requireHead(plan: Plan, step: OperatorStep): void {
  const head = plan.outputs.find(({ slot }) => step.outputs.includes(slot));
  if (!head) return;
  throw new UsageError(
    `Output "${head.name}" is no loss and got no gradient. Give backward() a gradient for each output, or pass the output through MakeLoss.`,
    { node: step.node, operator: step.operator.spec.name, argument: head.name },
  );
}
